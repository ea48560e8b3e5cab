using System.Net;
using Microsoft.Extensions.Logging;
using Noctis.Dicom.Dimse;

namespace Noctis.Dicom.Network;

/// <summary>
/// Listens on a port and serves the associations that come (PS3.8 9.1.3). One association's failure never touches another's.
/// Started once, stopped once. Thread safe.
/// </summary>
public sealed class DicomListener : IAsyncDisposable
{
    /// <summary>Makes a listener that does not listen yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="admission">Who may associate.</param>
    /// <param name="services">What is served.</param>
    /// <param name="observer">Hears what happens; null for nobody.</param>
    /// <param name="loggerFactory">For logs.</param>
    /// <param name="timeProvider">The clock of every timer.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DicomListener(
        DicomListenerOptions options,
        IAssociationAdmission admission,
        DimseServices services,
        IAssociationObserver? observer,
        ILoggerFactory loggerFactory,
        TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
    }

    /// <summary>Where it listens, with the port that the system chose; null before the start.</summary>
    public IPEndPoint? LocalEndPoint { get; private set; }

    /// <summary>Associations that run now.</summary>
    public int ActiveAssociations { get; private set; }

    /// <summary>Starts to listen.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port cannot be bound.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Accepts no more, lets the running associations end, and aborts what runs after the time-out. Then it has stopped.</summary>
    /// <param name="timeout">How long they may go on.</param>
    /// <param name="cancellationToken">Aborts them at once.</param>
    public Task DrainAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Accepts no more and aborts the running associations; returns when all have ended.</summary>
    /// <param name="cancellationToken">Stops waiting for their end.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Stops.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());
}
