namespace Noctis.Archive.Settings;

/// <summary>How much of what happens is kept in a facility's journal. Kept by name.</summary>
public enum LoggingLevel
{
    /// <summary>Everything that <see cref="LoggingSettings.Connections"/> and <see cref="LoggingSettings.Files"/> ask for.</summary>
    All,

    /// <summary>What did not end as it should: refusals, aborts, failures.</summary>
    Problems,
}
