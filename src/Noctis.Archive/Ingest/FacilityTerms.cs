using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>On what terms a facility's objects are taken at the moment: its settings, and the room that its quota leaves. Thread safe.</summary>
internal sealed class FacilityTerms(StorageSettings settings, long usedBytes, SequenceNumbers sequence)
{
    private long _used = usedBytes;

    public DuplicatePolicy Duplicates => settings.DuplicatePolicy;

    /// <summary>Whether the oldest studies make room for new ones.</summary>
    public bool MakesRoom => settings.CleanUp != CleanUp.Off;

    /// <summary>Whether anything at all may come.</summary>
    public bool HasRoom => settings.QuotaBytes is not { } quota || Interlocked.Read(ref _used) < quota;

    /// <summary>Takes room for an object; false when it is more than the quota leaves. What is taken and not used is given back.</summary>
    public bool TryTake(long bytes)
    {
        if (settings.QuotaBytes is not { } quota) return true;
        if (Interlocked.Add(ref _used, bytes) <= quota) return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>How the path of the next object is made.</summary>
    public async ValueTask<Placement> NextPlacementAsync() =>
        new(settings.Layout, settings.FileNaming, settings.FileNaming == FileNaming.Sequence ? await sequence.NextAsync() : 0);
}
