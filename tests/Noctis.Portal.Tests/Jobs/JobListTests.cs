using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Gateway;
using Noctis.Portal.Jobs;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Jobs;

/// <summary>Rules that every job of the list keeps, whoever adds it.</summary>
public sealed class JobListTests(PortalFactory portal, DatabaseFixture databases) : IClassFixture<PortalFactory>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public void List_Always_NamesEachJobOnceAndInFull()
    {
        var jobs = JobList.Default.All;

        Assert.Equal(jobs.Count, jobs.Select(job => job.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(jobs, job =>
        {
            Assert.Matches("^[A-Z][A-Za-z]{2,63}$", job.Name);
            Assert.NotEmpty(job.Title);
            Assert.EndsWith(".", job.Purpose, StringComparison.Ordinal);
            Assert.True(JobSchedule.TryParse(job.DefaultSchedule, out _), $"{job.Name}: \"{job.DefaultSchedule}\" is no schedule.");
        });
    }

    [Fact]
    public async Task Jobs_OnAnEmptyInstallation_CanBeMadeAndDoNoHarm()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        foreach (var job in JobList.Default.All)
        {
            var result = await ((IScheduledJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type)).RunAsync(CancellationToken.None);
            Assert.True(result.IsSuccess, $"{job.Name}: {result}");
        }
    }

    [DatabaseTheory]
    public async Task Jobs_OnEveryDatabase_RunWithoutAnError(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        await database.AddFacilityAsync();
        await using var services = database.CreateServices(services => services.AddNoctisGateway(new ConfigurationBuilder().Build()).AddNoctisJobs());
        await using var scope = services.CreateAsyncScope();
        foreach (var job in JobList.Default.All)
        {
            var result = await ((IScheduledJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type)).RunAsync(CancellationToken.None);
            Assert.True(result.IsSuccess, $"{job.Name}: {result}");
        }
    }
}
