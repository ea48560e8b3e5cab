using Noctis.Archive.Traffic;

namespace Noctis.Portal.Dashboards;

/// <summary>One point of a dashboard's charts.</summary>
/// <param name="StartUtc">The beginning of the step.</param>
/// <param name="Length">What has passed of it, for rates.</param>
/// <param name="Traffic">What was in it.</param>
public sealed record DashboardStep(DateTime StartUtc, TimeSpan Length, TrafficPoint Traffic);
