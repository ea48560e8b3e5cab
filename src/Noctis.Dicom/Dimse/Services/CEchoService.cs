using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Answers C-ECHO with success (PS3.4 annex A).</summary>
public sealed class CEchoService : IDimseService
{
    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.VerificationOnly(abstractSyntax);

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.CEchoRequest && abstractSyntax == DicomUID.Verification.Value;

    /// <inheritdoc/>
    public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var response = new CEchoResponse
        {
            MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
            AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
            Status = DicomStatus.Success,
        };
        return operation.RespondAsync(response, cancellationToken);
    }
}
