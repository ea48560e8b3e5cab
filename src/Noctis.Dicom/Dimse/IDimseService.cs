using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>A DIMSE service as provider (SCP). One object serves every association at once: thread safe.</summary>
public interface IDimseService
{
    /// <summary>How a proposed abstract syntax (UID) is answered for this service; null when it does not know it.</summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => null;

    /// <summary>Whether requests of this kind come here.</summary>
    /// <param name="command">The command.</param>
    /// <param name="abstractSyntax">UID of the abstract syntax of the presentation context.</param>
    bool Serves(CommandField command, string abstractSyntax);

    /// <summary>
    /// Serves one request: reads its data set, if it has one, and answers. Whatever of the data set is left unread is discarded
    /// afterwards. An exception becomes a failure when nothing final has been answered yet: <see cref="OperationRefusedException"/>
    /// the one that it carries, <see cref="MatchingException"/> A900 with the key at fault, any other Processing Failure (0110).
    /// </summary>
    /// <param name="operation">The request and the way to answer it.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken);
}
