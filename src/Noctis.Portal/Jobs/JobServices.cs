using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Noctis.Archive.Auditing;
using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

internal static class JobServices
{
    /// <summary>The scheduler, its jobs and what the page of jobs needs.</summary>
    public static IServiceCollection AddNoctisJobs(this IServiceCollection services)
    {
        services.TryAddSingleton(JobList.Default);
        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>();
        services.AddSingleton<JobEvents>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobPlan>();
        services.AddSingleton<QuartzFactory>();
        services.AddSingleton<JobScheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<JobScheduler>());
        services.AddSingleton<JobQueries>();
        services.AddSingleton(provider => new JobControl(
            provider.GetRequiredService<JobScheduler>(), provider.GetRequiredService<JobRunQueries>(), provider.GetRequiredService<JobPauses>(),
            provider.GetRequiredService<JobEvents>(), provider.GetRequiredService<AuditTrail>()));
        return services;
    }
}
