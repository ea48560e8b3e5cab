using Microsoft.Extensions.Logging;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Network.Internal;

/// <summary>What every association of a listener shares.</summary>
internal sealed class ListenerContext(
    DicomListenerOptions options, IAssociationAdmission admission, DimseServices services, IAssociationObserver? observer, ILogger logger, TimeProvider time)
{
    public DicomListenerOptions Options { get; } = options;

    public IAssociationAdmission Admission { get; } = admission;

    public AcceptorPolicy Policy { get; } = options.ToPolicy(services.FindAbstractSyntax);

    public GuardedObserver Observer { get; } = new(observer, logger);

    public ILogger Logger { get; } = logger;

    public TimeProvider Time { get; } = time;

    public DimseExchangeOptions Exchange => new()
    {
        Services = services,
        DimseTimeout = Options.DimseTimeout,
        IdleTimeout = Options.IdleTimeout,
        Observer = Observer,
        Logger = Logger,
        Time = Time,
    };

    public SessionRegistry Sessions { get; } = new(options);
}
