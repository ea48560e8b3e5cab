using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Gateway.Services;

/// <summary>C-ECHO (PS3.4 annex A): whoever is admitted gets an answer.</summary>
internal sealed class EchoService : IGatewayService
{
    private readonly CEchoService _provider = new();

    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.VerificationOnly(abstractSyntax);

    public bool Serves(CommandField command, string abstractSyntax) => _provider.Serves(command, abstractSyntax);

    public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) =>
        _provider.HandleAsync(operation, cancellationToken);
}
