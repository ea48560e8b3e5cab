using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// What one connection goes by from its first byte to its last: the options that the listener had when it came, and what follows from
/// them. Immutable, so that a listener that is given other options disturbs none that runs.
/// </summary>
internal sealed class ListenerTerms(DicomListenerOptions options, DimseExchangeOptions exchange)
{
    public DicomListenerOptions Options { get; } = options;

    public AcceptorPolicy Policy { get; } = options.ToPolicy(exchange.Services.FindAbstractSyntax);

    /// <summary>How messages are exchanged, with the services that the listener offers.</summary>
    public DimseExchangeOptions Exchange { get; } = exchange with
    {
        DimseTimeout = options.DimseTimeout,
        NetworkTimeout = options.NetworkTimeout,
        IdleTimeout = options.IdleTimeout,
    };

    /// <summary>
    /// Whether a connection that came under these terms may still ask for an association under the later ones. One that came in the
    /// clear must not when TLS is wanted by now, nor one without a certificate when that is.
    /// </summary>
    public bool IsAsSafeAs(ListenerTerms later) =>
        later.Options.Tls is not { } wanted || (Options.Tls is { } had && had.ClientCertificates >= wanted.ClientCertificates);

    /// <summary>How an association is negotiated to which admission gave services of its own.</summary>
    public AcceptorPolicy PolicyFor(DimseServices? services) =>
        services is null ? Policy : Policy with { FindAbstractSyntax = services.FindAbstractSyntax };

    /// <summary>How its messages are exchanged.</summary>
    public DimseExchangeOptions ExchangeFor(DimseServices? services) => services is null ? Exchange : Exchange with { Services = services };
}
