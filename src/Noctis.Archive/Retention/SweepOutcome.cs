using Noctis.Archive.Storage;

namespace Noctis.Archive.Retention;

/// <summary>What one run of <see cref="RetentionSweep"/> did, for the history of jobs.</summary>
internal sealed class SweepOutcome
{
    private readonly HashSet<Guid> _facilities = [];
    private int _studies;
    private long _bytes;
    private int _removed;
    private long _removedBytes;

    /// <summary>The disk is nearly full, and nothing more can go.</summary>
    public bool IsStuck { get; set; }

    public void Trashed(Guid facilityId, DeletedStudies deleted)
    {
        if (deleted.Studies == 0) return;
        _facilities.Add(facilityId);
        _studies += deleted.Studies;
        _bytes += deleted.Bytes;
    }

    public void RemovedEarly(TrashedStudy trashed)
    {
        _removed++;
        _removedBytes += trashed.Bytes;
    }

    /// <summary>Sentences; empty when there was nothing to do.</summary>
    public override string ToString()
    {
        var said = new List<string>(3);
        if (_studies > 0) said.Add($"{Counted.Studies(_studies, _facilities.Count)} went to the trash, {ByteText.Of(_bytes)}.");
        if (_removed > 0)
            said.Add($"{Counted.Studies(_removed)} in the trash {(_removed == 1 ? "was" : "were")} removed early, {ByteText.Of(_removedBytes)}, because the disk is nearly full.");
        if (IsStuck) said.Add("The disk is still nearly full, and nothing more can go.");
        return string.Join(' ', said);
    }
}
