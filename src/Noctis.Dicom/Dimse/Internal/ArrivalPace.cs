using System.Globalization;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// Tells a peer that sends slowly from one that only keeps a message open, a byte now and then, and with it an association and a file.
/// Counts the time that is waited for the peer, never our own, so that a slow disk is not laid at its door. Not thread safe.
/// </summary>
/// <param name="window">How long the peer may be that slow.</param>
internal sealed class ArrivalPace(TimeSpan window)
{
    /// <summary>What Kestrel asks of a request's body too. The slowest line that images were ever sent over is several times as fast.</summary>
    private const int LeastBytesPerSecond = 240;

    private readonly long _least = (long)(window.TotalSeconds * LeastBytesPerSecond);
    private TimeSpan _waited;
    private long _arrived;

    /// <summary>A message begins.</summary>
    public void Begin()
    {
        _waited = TimeSpan.Zero;
        _arrived = 0;
    }

    /// <summary>Bytes were there without waiting.</summary>
    public void Add(long bytes) => _arrived += bytes;

    /// <summary>Bytes were waited for.</summary>
    /// <param name="bytes">How many came.</param>
    /// <param name="waited">After how long.</param>
    /// <returns>Why the peer is too slow, in a plain sentence; null when it is not.</returns>
    public string? Add(long bytes, TimeSpan waited)
    {
        _arrived += bytes;
        _waited += waited;
        if (_waited < window)
            return null;
        var arrived = _arrived;
        Begin();
        return arrived >= _least
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The peer sent {arrived} bytes of a message within {window.TotalSeconds:0.#} seconds, less than {LeastBytesPerSecond} a second: it is stuck, or keeps the association open on purpose.");
    }
}
