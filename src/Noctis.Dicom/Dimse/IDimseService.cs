namespace Noctis.Dicom.Dimse;

/// <summary>A DIMSE service as provider (SCP). One object serves every association at once: thread safe.</summary>
public interface IDimseService
{
    /// <summary>Whether requests of this kind come here.</summary>
    /// <param name="command">The command.</param>
    /// <param name="abstractSyntax">UID of the abstract syntax of the presentation context.</param>
    bool Serves(CommandField command, string abstractSyntax);

    /// <summary>
    /// Serves one request: reads its data set, if it has one, and answers. Whatever of the data set is left unread is discarded
    /// afterwards. An exception becomes Processing Failure (0110) when nothing final has been answered yet.
    /// </summary>
    /// <param name="operation">The request and the way to answer it.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken);
}
