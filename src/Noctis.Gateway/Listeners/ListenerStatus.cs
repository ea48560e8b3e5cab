using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>How a listener fares, for pages: every failure with its reason and what to do about it.</summary>
public sealed record ListenerStatus(ListenerState State, DateTime SinceUtc)
{
    /// <summary>The <see cref="Reason"/> of a listener that the settings switch off: nobody can start it by hand.</summary>
    public const string SwitchedOff = "Switched off in the settings.";

    public string? Reason { get; init; }

    /// <summary>What an administrator can do about <see cref="Reason"/>.</summary>
    public string? Remedy { get; init; }

    public IPEndPoint? EndPoint { get; init; }

    /// <summary>The facility's associations now, whichever door they came in by; for the shared door, those that came in there.</summary>
    public int ActiveAssociations { get; init; }

    /// <summary>Objects stored since this server started.</summary>
    public long Images { get; init; }

    /// <summary>Bytes of the objects stored since this server started.</summary>
    public long Bytes { get; init; }

    /// <summary>Associations and operations refused since this server started.</summary>
    public long Refusals { get; init; }

    /// <summary>The most associations at a time at this server today, since it started.</summary>
    public int PeakToday { get; init; }

    /// <summary>
    /// Objects stored today: the day in UTC, on all servers, here and below. Of other servers a minute late at most; of the shared door, which
    /// is nobody's, what this server has counted since it started.
    /// </summary>
    public long ImagesToday { get; init; }

    /// <summary>Bytes of the objects stored today.</summary>
    public long BytesToday { get; init; }

    /// <summary>What broke off or failed today: aborted and lost associations, and objects that we could not store.</summary>
    public long ErrorsToday { get; init; }

    /// <summary>Associations and operations refused today.</summary>
    public long RefusalsToday { get; init; }

    /// <summary>It listens, and yet most devices cannot send for the <see cref="Reason"/>: as good as failed, but for those that don't mind.</summary>
    public bool IsFailing { get; init; }

    /// <summary>It does not listen though it should, or it does and something is wrong.</summary>
    public bool IsInTrouble => State == ListenerState.Failed || (State == ListenerState.Running && Reason is not null);
}
