namespace Noctis.Archive.Journal;

/// <summary>Which rows of the journal are looked for; everything where nothing is said.</summary>
public sealed record ActivityFilter
{
    public static ActivityFilter Everything { get; } = new();

    /// <summary>What did not end as it should.</summary>
    public static IReadOnlyList<JournalOutcome> Trouble { get; } = [JournalOutcome.Refused, JournalOutcome.Aborted, JournalOutcome.Failed];

    public JournalKind? Kind { get; init; }

    /// <summary>Any one of them; none for all.</summary>
    public IReadOnlyList<JournalOutcome> Outcomes { get; init; } = [];

    public JournalCode? Code { get; init; }

    /// <summary>A part of the calling or the called AE title; case is no matter.</summary>
    public string AETitle { get; init; } = "";

    /// <summary>The address that called, or its beginning.</summary>
    public string Address { get; init; } = "";

    /// <summary>From this moment on.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTime? UntilUtc { get; init; }

    /// <summary>Something is asked that no index answers, so that rows have to be looked at one by one.</summary>
    internal bool ReadsRows => Code is not null || AETitle.Length > 0 || Address.Length > 0;
}
