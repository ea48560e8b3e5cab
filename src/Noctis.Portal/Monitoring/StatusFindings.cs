namespace Noctis.Portal.Monitoring;

/// <summary>What a report takes from the database.</summary>
internal sealed record StatusFindings(
    IReadOnlyDictionary<Guid, TrafficStatus> Today, IReadOnlyDictionary<Guid, DateTime> LastArrivals, ILookup<Guid, SelfTestStatus> SelfTests, IReadOnlyList<JobStatus> Jobs);
