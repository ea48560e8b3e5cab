namespace Noctis.Portal.Journal;

/// <summary>Of which time Activity is shown.</summary>
public enum ActivityPeriod
{
    Any,

    /// <summary>The last 60 minutes.</summary>
    Hour,

    /// <summary>Since midnight where the viewer is.</summary>
    Today,

    /// <summary>The last seven times 24 hours.</summary>
    Week,

    /// <summary>From one moment to another, either of which may be open.</summary>
    Range,
}
