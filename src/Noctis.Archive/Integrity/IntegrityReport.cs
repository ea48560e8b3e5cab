using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>What one run of <see cref="IntegrityCheck"/> did.</summary>
public sealed record IntegrityReport
{
    /// <summary>The round that it took part in; null when reading is switched off.</summary>
    public IntegrityRound? Round { get; init; }

    /// <summary>Whether it is not time for the next round yet, so that nothing was done.</summary>
    public bool IsBetweenRounds { get; init; }

    public long Files { get; init; }

    public long Bytes { get; init; }

    public long Missing { get; init; }

    public long Damaged { get; init; }

    /// <summary>Faulty before, and whole now.</summary>
    public long Repaired { get; init; }

    /// <summary>Files of before hashing, whose hash was taken now.</summary>
    public long Hashed { get; init; }

    /// <summary>The same in sentences; empty when there was nothing to read.</summary>
    public string Summary
    {
        get
        {
            if (Round is null) return "Switched off: Integrity:MegabytesPerSecond is 0.";
            if (IsBetweenRounds || (Files == 0 && Round.Checked == 0)) return "";
            string found = ReportText.Join(
                Missing == 0 ? null : $"{ReportText.Number(Missing)} missing",
                Damaged == 0 ? null : $"{ReportText.Number(Damaged)} damaged",
                Repaired == 0 ? null : $"{ReportText.Number(Repaired)} whole again",
                Hashed == 0 ? null : $"{ReportText.Number(Hashed)} got a hash");
            string read = $"Read {ReportText.Count(Files, "file")}, {ByteText.Of(Bytes)}: {(found.Length == 0 ? "all whole" : found)}. ";
            string faulty = Round.Faulty == 0 ? "" : $", {ReportText.Number(Round.Faulty)} of them faulty";
            return read + (Round.FinishedUtc is null
                ? $"This round, begun {ReportText.Time(Round.BeganUtc)}: {ReportText.Number(Round.Checked)} of about {ReportText.Number(Math.Max(Round.Total, Round.Checked))}{faulty}."
                : $"The round begun {ReportText.Time(Round.BeganUtc)} is complete: {ReportText.Count(Round.Checked, "file")}{faulty}.");
        }
    }
}
