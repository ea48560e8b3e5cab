using Microsoft.Extensions.Options;

namespace Noctis.Portal.Jobs;

/// <summary>Each fault with its key, its value and the fix. A misspelt job would otherwise run on as before, unnoticed.</summary>
internal sealed class JobsOptionsValidator(JobList jobs) : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var faults = new List<string>();
        foreach (var (job, schedule) in options.Schedule)
        {
            if (jobs.Find(job) is null)
                faults.Add($"Jobs:Schedule:{job} names no job. The jobs are {string.Join(", ", jobs.All.Select(known => known.Name))}.");
            else if (!string.IsNullOrWhiteSpace(schedule) && !JobSchedule.TryParse(schedule, out _))
                faults.Add($"Jobs:Schedule:{job} is \"{schedule}\". Write {JobSchedule.Grammar}.");
        }

        if (options.StopSeconds is < 0 or > 300)
            faults.Add($"Jobs:StopSeconds is {options.StopSeconds}. Use a number from 0 to 300; 15 suits most sites.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
