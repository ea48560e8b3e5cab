using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Gateway.Services;

/// <summary>C-ECHO (PS3.4 annex A).</summary>
internal sealed class EchoService : IGatewayService
{
    private readonly CEchoService _provider = new();

    public GatewayService Description { get; } = new(
        "C-ECHO", "Verification (C-ECHO)", "Answers a device that asks whether it is heard: the button Verify, Echo or Ping on scanners.", "Connection");

    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => _provider.FindAbstractSyntax(abstractSyntax);

    public bool Serves(CommandField command, string abstractSyntax) => _provider.Serves(command, abstractSyntax);

    public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) => _provider.HandleAsync(operation, cancellationToken);
}
