namespace Noctis.Archive.Settings;

/// <summary>One change of a facility's settings: who, when, and the sections it touched before and after, so that it can be undone.</summary>
public sealed class SettingsChange : ITenantOwned
{
    public const int SummaryLength = 2000;
    public const int ActorNameLength = 256;

    public long Id { get; init; }

    public Guid FacilityId { get; init; }

    public DateTime TimeUtc { get; init; }

    public ActorKind ActorKind { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Why it was changed: by hand, by undoing another change, by copying from another facility.</summary>
    public SettingsChangeCause Cause { get; init; }

    /// <summary>The change that this one undid.</summary>
    public long? UndoneChangeId { get; init; }

    /// <summary>The sections that changed, as a document: before.</summary>
    public required string Before { get; init; }

    /// <summary>The same sections after.</summary>
    public required string After { get; init; }

    /// <summary>What changed, in words: "Network.MaxAssociations: 10 → 20".</summary>
    public required string Summary { get; init; }

    /// <summary>Each value that changed.</summary>
    public IReadOnlyList<SettingDifference> Differences => SettingDifference.Between(SettingsDocument.Parse(Before), SettingsDocument.Parse(After));
}
