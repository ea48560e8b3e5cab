namespace Noctis.Archive.Settings;

/// <summary>What the facility's journal keeps. Refusals and failures are kept always.</summary>
public sealed record LoggingSettings
{
    /// <summary>A row for each association that ended as it should.</summary>
    public bool Connections { get; init; } = true;

    /// <summary>A row for each object that was stored, and each echo.</summary>
    public bool Files { get; init; } = true;

    public LoggingLevel Level { get; init; }

    /// <summary>Days that the journal goes back; null for the server's (Journal:KeepDays).</summary>
    public int? KeepDays { get; init; }
}
