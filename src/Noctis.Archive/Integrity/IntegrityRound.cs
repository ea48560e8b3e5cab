using System.Text.Json;

namespace Noctis.Archive.Integrity;

/// <summary>One way round all files of the archive, and how far it has come. Kept as a <see cref="Jobs.JobCursor"/>.</summary>
public sealed record IntegrityRound
{
    public required DateTime BeganUtc { get; init; }

    /// <summary>When its last file was read; null while it goes on.</summary>
    public DateTime? FinishedUtc { get; init; }

    /// <summary>Files read so far.</summary>
    public long Checked { get; init; }

    /// <summary>Of these, those that were missing or damaged.</summary>
    public long Faulty { get; init; }

    /// <summary>How many files there were in all when it was last looked; new ones come while it goes on.</summary>
    public long Total { get; init; }

    /// <summary>The last object that was read.</summary>
    public long AfterInstance { get; init; }

    /// <summary>The last kept version that was read; null while the objects themselves are not done.</summary>
    public long? AfterVersion { get; init; }

    /// <summary>The last object in quarantine that was read; null while the versions are not done.</summary>
    public long? AfterQuarantined { get; init; }

    /// <summary>As it is when this one of the files that it is at was read last.</summary>
    internal IntegrityRound After(long position) => this switch
    {
        { AfterQuarantined: not null } => this with { AfterQuarantined = position },
        { AfterVersion: not null } => this with { AfterVersion = position },
        _ => this with { AfterInstance = position },
    };

    /// <summary>As it is when all files of the kind that it is at were read.</summary>
    internal IntegrityRound Onward(DateTime nowUtc) => this switch
    {
        { AfterQuarantined: not null } => this with { FinishedUtc = nowUtc },
        { AfterVersion: not null } => this with { AfterQuarantined = 0 },
        _ => this with { AfterVersion = 0 },
    };

    internal static IntegrityRound? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<IntegrityRound>(text);
        }
        catch (JsonException)
        {
            // Of another version of Noctis: the round begins anew.
            return null;
        }
    }

    internal string ToText() => JsonSerializer.Serialize(this);
}
