using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Answers queries (PS3.4 C.4.1, K.4.1). Called from many associations at once: thread safe.</summary>
public interface IFindProvider
{
    /// <summary>
    /// Finds what an identifier asks for. The matches are sent as they come, so those that are ready early should come early.
    /// </summary>
    /// <param name="request">The request; its data set is the identifier.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the peer sends C-CANCEL-RQ or the association ends: stop searching.</param>
    /// <exception cref="OperationRefusedException">The query is refused, or cannot go on: the status is the last answer.</exception>
    /// <exception cref="MatchingException">The identifier has no meaning: A900, with the key at fault.</exception>
    IAsyncEnumerable<CFindMatch> FindAsync(CFindRequest request, Association association, CancellationToken cancellationToken);
}
