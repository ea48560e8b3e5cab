using Noctis.Archive;
using Noctis.Archive.Jobs;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;
using Noctis.Portal.Jobs;

namespace Noctis.Portal.Monitoring;

/// <summary>Reads what a report takes from the database.</summary>
internal sealed class StatusDatabase(TrafficQueries traffic, ArrivalQueries arrivals, SelfTestQueries tests, JobRunQueries runs, JobList jobs)
{
    private static readonly AdministratorScope Scope = AdministratorScope.ForSystem("status");

    public async Task<StatusFindings> ReadAsync(DateTime nowUtc, CancellationToken cancellationToken)
    {
        var today = await traffic.GetTotalsByFacilityAsync(Scope, nowUtc.Date, cancellationToken);
        var totals = await arrivals.GetTotalsByFacilityAsync(Scope, cancellationToken);
        var last = await tests.ListLastAsync(Scope, cancellationToken);
        var ran = await runs.LastAsync(Scope, cancellationToken);
        return new StatusFindings(
            today.ToDictionary(
                one => one.FacilityId,
                one => new TrafficStatus(one.Total.Associations, one.Total.Images, one.Total.Bytes, one.Total.Refusals, one.Total.Errors)),
            totals.ToDictionary(one => one.FacilityId, one => one.LastReceivedUtc),
            last.ToLookup(
                test => test.FacilityId,
                test => new SelfTestStatus(test.Kind.ToString(), test.Node, test.TimeUtc, test.Succeeded, test.DurationMs, test.Message)),
            [.. jobs.All.Select(job => ran.GetValueOrDefault(job.Name) is { } run
                ? new JobStatus(job.Name, run.StartedUtc, run.Outcome.ToString(), run.Result)
                : new JobStatus(job.Name, null, null, null))]);
    }
}
