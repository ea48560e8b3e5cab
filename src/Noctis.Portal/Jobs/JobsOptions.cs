namespace Noctis.Portal.Jobs;

/// <summary>The section "Jobs" of the configuration.</summary>
public sealed class JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>When jobs run, by their names in <see cref="JobList"/>, where it is not as by default; see <see cref="JobSchedule"/>.</summary>
    public IDictionary<string, string> Schedule { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long the server waits, when it stops, for jobs that have been told to end.</summary>
    public int StopSeconds { get; set; } = 15;

    /// <exception cref="FormatException">The setting is no schedule; the validator has said so at the start.</exception>
    public JobSchedule Of(JobDefinition job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return JobSchedule.Parse(Schedule.TryGetValue(job.Name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : job.DefaultSchedule);
    }
}
