using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Jobs;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Reads every stored file again, at a set pace, and compares it with what was received: that it is there, is as long, names its
/// object, and has the content that was hashed as it streamed in. Goes round the archive again and again; a run takes up where the
/// last one stopped, on whatever node. Studies in the trash are read too, since they can be had back, and what waits in quarantine. One at a time.
/// </summary>
public sealed class IntegrityCheck
{
    public const string Job = "integrity";

    /// <summary>Rows that are read together, and after which the way is saved.</summary>
    private const int PageSize = 100;

    /// <summary>A file that changes each time it is looked at is left to the next round.</summary>
    private const int Looks = 3;

    private readonly IntegrityParts _parts;
    private readonly JobCursors _cursors;
    private readonly IntegrityOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<IntegrityCheck> _logger;

    internal IntegrityCheck(IntegrityParts parts, JobCursors cursors, IOptions<IntegrityOptions> options, TimeProvider time, ILogger<IntegrityCheck> logger) =>
        (_parts, _cursors, _options, _time, _logger) = (parts, cursors, options.Value, time, logger);

    /// <summary>How far the present round is, or the last one was; null when none was begun.</summary>
    public async Task<IntegrityRound?> GetRoundAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return IntegrityRound.Parse(await _cursors.ReadAsync(Job, ct));
    }

    /// <summary>Reads on until the time is over or the round is complete.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="beginNow">Whether a new round begins even if the last one has ended a short while ago.</param>
    /// <param name="ct">Cancels the reading; the next run goes on.</param>
    /// <returns>What was found; <see cref="StorageGoneError"/> when the disk does not seem to be there.</returns>
    public async Task<Result<IntegrityReport>> RunAsync(TimeSpan atMost, bool beginNow, CancellationToken ct)
    {
        double speed = _options.MegabytesPerSecond * 1e6;
        if (speed <= 0) return new IntegrityReport();
        long began = _time.GetTimestamp();
        bool IsOver() => _time.GetElapsedTime(began) >= atMost;
        var pace = new ReadPace(speed, _time);
        DateTime now = _time.GetUtcNow().UtcDateTime;
        IntegrityRound? last = IntegrityRound.Parse(await _cursors.ReadAsync(Job, ct));
        if (last?.FinishedUtc is { } finished && !beginNow && now - finished < TimeSpan.FromHours(_options.HoursBetweenRounds))
            return new IntegrityReport { Round = last, IsBetweenRounds = true };
        IntegrityRound round = last is { FinishedUtc: null } ? last : new IntegrityRound { BeganUtc = now };
        round = round with { Total = await _parts.Files.CountAsync(ct) };
        var report = new IntegrityReport();
        while (round.FinishedUtc is null && !IsOver())
        {
            StoredFilePage page = await NextAsync(round, ct);
            if (page.Last is null)
            {
                round = round.Onward(_time.GetUtcNow().UtcDateTime);
            }
            else
            {
                (List<Finding> findings, long reached) = await ReadAsync(page, pace, IsOver, ct);
                if (await _parts.Presence.DoubtAsync([.. findings.Where(finding => finding.Verdict.Fault is not null).Select(finding => finding.File)], findings.Count, ct) is { } gone)
                    return gone;
                IntegrityReport read = await RecordAsync(findings, ct);
                report = Add(report, read);
                round = round with { Checked = round.Checked + read.Files, Faulty = round.Faulty + read.Missing + read.Damaged };
                round = round.After(reached);
            }

            await _cursors.SaveAsync(Job, round.ToText(), ct);
        }

        return report with { Round = round };
    }

    private Task<StoredFilePage> NextAsync(IntegrityRound round, CancellationToken ct) => round switch
    {
        { AfterQuarantined: { } quarantined } => _parts.Files.NextInQuarantineAsync(quarantined, PageSize, ct),
        { AfterVersion: { } version } => _parts.Files.NextVersionsAsync(version, PageSize, ct),
        _ => _parts.Files.NextInstancesAsync(round.AfterInstance, PageSize, ct),
    };

    /// <summary>Reads a page of files, or as many of it as there is time for.</summary>
    private async Task<(List<Finding> Findings, long Reached)> ReadAsync(StoredFilePage page, ReadPace pace, Func<bool> isOver, CancellationToken ct)
    {
        var findings = new List<Finding>(page.Files.Count);
        foreach (StoredFile file in page.Files)
        {
            if (await LookAsync(file, pace, ct) is { } finding) findings.Add(finding);
            if (isOver()) return (findings, file.Position);
        }

        return (findings, page.Last!.Value);
    }

    /// <returns>Null when its row is gone, or went on to another file each time.</returns>
    private async Task<Finding?> LookAsync(StoredFile file, ReadPace pace, CancellationToken ct)
    {
        for (int look = 0; look < Looks; look++)
        {
            FileVerdict verdict = await _parts.Verifier.VerifyAsync(file, pace, ct);
            if (verdict.Fault is null) return new Finding(file, verdict);
            // A newer copy may have been committed, or the trash emptied, since the row was read: then the file went rightly.
            if (await _parts.Files.LookAgainAsync(file, ct) is not { } now) return null;
            if (now.StoragePath == file.StoragePath) return new Finding(now, verdict);
            file = now;
        }

        return null;
    }

    private async Task<IntegrityReport> RecordAsync(List<Finding> findings, CancellationToken ct)
    {
        IReadOnlyDictionary<long, InstanceFault> known = await _parts.Faults.KnownAsync([.. findings.Select(finding => finding.File)], ct);
        int missing = 0, damaged = 0, repaired = 0, hashed = 0;
        foreach ((StoredFile file, FileVerdict verdict) in findings)
        {
            if (verdict.Fault is { } kind)
            {
                if (kind == FaultKind.Missing) missing++;
                else damaged++;
                if (await _parts.Faults.ReportAsync(file, kind, ct)) Log.FaultFound(_logger, file.FacilityId, file.InstanceId, verdict.Why);
            }
            else
            {
                if (known.TryGetValue(file.InstanceId, out InstanceFault? fault) && await _parts.Faults.ClearAsync(file, fault, ct)) repaired++;
                if (file.ContentHash is not null) continue;
                await _parts.Files.AdoptHashAsync(file, verdict.Hash!, ct);
                hashed++;
            }
        }

        return new IntegrityReport
        {
            Files = findings.Count,
            Bytes = findings.Where(finding => finding.Verdict.Hash is not null).Sum(finding => finding.File.Bytes),
            Missing = missing,
            Damaged = damaged,
            Repaired = repaired,
            Hashed = hashed,
        };
    }

    private static IntegrityReport Add(IntegrityReport a, IntegrityReport b) => new()
    {
        Files = a.Files + b.Files,
        Bytes = a.Bytes + b.Bytes,
        Missing = a.Missing + b.Missing,
        Damaged = a.Damaged + b.Damaged,
        Repaired = a.Repaired + b.Repaired,
        Hashed = a.Hashed + b.Hashed,
    };

    private sealed record Finding(StoredFile File, FileVerdict Verdict);
}
