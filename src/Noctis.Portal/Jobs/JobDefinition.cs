namespace Noctis.Portal.Jobs;

/// <summary>A scheduled job as people know it.</summary>
public sealed record JobDefinition
{
    private JobDefinition(Type type) => Type = type;

    /// <summary>The key of its setting, its address and its history: stored, so never renamed.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Purpose { get; init; }

    /// <summary>When it runs unless the settings say otherwise; see <see cref="JobSchedule"/>.</summary>
    public required string DefaultSchedule { get; init; }

    /// <summary>The class that does it.</summary>
    public Type Type { get; }

    public static JobDefinition Of<TJob>(string name, string title, string schedule, string purpose)
        where TJob : IScheduledJob =>
        new(typeof(TJob)) { Name = name, Title = title, Purpose = purpose, DefaultSchedule = schedule };
}
