using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Finds the objects that are asked for by C-MOVE or C-GET. Called from many associations at once: thread safe.</summary>
public interface IRetrieveProvider
{
    /// <summary>Finds what an identifier asks for.</summary>
    /// <param name="request">The request; its data set is the identifier.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>The objects in the order in which they are to be sent; none when nothing matches, which is answered as success.</returns>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    /// <exception cref="MatchingException">The identifier has no meaning: A900, with the key at fault.</exception>
    ValueTask<IReadOnlyList<RetrievableObject>> FindAsync(RetrieveRequest request, Association association, CancellationToken cancellationToken);
}
