using Noctis.Archive.Facilities;
using Noctis.Archive.Traffic;

namespace Noctis.Portal.Dashboards;

/// <summary>A row of the ranking.</summary>
/// <param name="Id">Of the facility.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its own state.</param>
/// <param name="Traffic">In the stretch that is looked at.</param>
/// <param name="LastReceivedUtc">When its newest image came; null when none did.</param>
public sealed record RankedFacility(Guid Id, string Name, FacilityState State, TrafficPoint Traffic, DateTime? LastReceivedUtc);
