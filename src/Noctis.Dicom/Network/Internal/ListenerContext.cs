using Microsoft.Extensions.Logging;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;

namespace Noctis.Dicom.Network.Internal;

/// <summary>What the connections of a listener share.</summary>
internal sealed class ListenerContext
{
    private readonly DimseExchangeOptions _exchange;
    private ListenerTerms _terms;

    public ListenerContext(
        DicomListenerOptions options, IAssociationAdmission admission, DimseServices services, IAssociationObserver? observer, ILogger logger, TimeProvider time)
    {
        Admission = admission;
        Observer = new GuardedObserver(observer, logger);
        Logger = logger;
        Time = time;
        _exchange = new DimseExchangeOptions
        {
            Services = services,
            DimseTimeout = options.DimseTimeout,
            NetworkTimeout = options.NetworkTimeout,
            IdleTimeout = options.IdleTimeout,
            Observer = Observer,
            Logger = logger,
            Time = time,
        };
        _terms = new ListenerTerms(options, _exchange);
        Sessions = new SessionRegistry(options);
    }

    public IAssociationAdmission Admission { get; }

    public GuardedObserver Observer { get; }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    public SessionRegistry Sessions { get; }

    /// <summary>What connections go by that begin now.</summary>
    public ListenerTerms Terms => Volatile.Read(ref _terms);

    /// <summary>Other options, for the connections to come; the limits on their number count at once.</summary>
    public void Reconfigure(DicomListenerOptions options)
    {
        Volatile.Write(ref _terms, new ListenerTerms(options, _exchange));
        Sessions.Reconfigure(options);
    }
}
