using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>On what terms a facility's objects are taken at the moment: its settings, and the room that its quota leaves. Thread safe.</summary>
internal sealed class FacilityTerms(StorageSettings settings, FacilityRoom room, SequenceNumbers sequence)
{
    public DuplicatePolicy Duplicates => settings.DuplicatePolicy;

    /// <summary>Whether the oldest studies make room for new ones.</summary>
    public bool MakesRoom => settings.CleanUp != CleanUp.Off;

    public long? QuotaBytes => settings.QuotaBytes;

    /// <summary>Whether anything at all may come.</summary>
    public bool HasRoom => settings.QuotaBytes is not { } quota || room.Used < quota;

    /// <summary>Bytes that are to come into the index yet, for which there has to be room too.</summary>
    public long OnTheWay => room.OnTheWay;

    /// <summary>Whether so many bytes would fit if nothing else were there.</summary>
    public bool CouldHold(long bytes) => settings.QuotaBytes is not { } quota || bytes <= quota;

    /// <summary>How long an object may become that comes now: what is left, or all of the quota where clean-up makes room for it at the end.</summary>
    public long Reach => settings.QuotaBytes is not { } quota ? long.MaxValue : MakesRoom ? quota : Math.Max(0, quota - room.Used);

    /// <summary>Takes room for an object; false when it is more than the quota leaves. What is taken has to be released.</summary>
    public bool TryTake(long bytes) => room.TryTake(bytes, settings.QuotaBytes);

    public void Release(long bytes, bool isKept) => room.Release(bytes, isKept);

    /// <summary>How the path of the next object is made.</summary>
    public async ValueTask<Placement> NextPlacementAsync() =>
        new(settings.Layout, settings.FileNaming, settings.FileNaming == FileNaming.Sequence ? await sequence.NextAsync() : 0);
}
