using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;

namespace Noctis.Portal.Dashboards;

/// <summary>Puts facilities in the order of a ranking.</summary>
internal static class FacilityRankingOrder
{
    public static string NameOf(FacilityRanking ranking) => ranking.ToString().ToLowerInvariant();

    public static FacilityRanking Find(string? name) => Enum.GetValues<FacilityRanking>().FirstOrDefault(ranking => NameOf(ranking) == name);

    /// <summary>In order; for all but the busiest without those whom it does not concern.</summary>
    public static IEnumerable<RankedFacility> Rank(IEnumerable<RankedFacility> facilities, FacilityRanking ranking, IListenerStatusSource listeners)
    {
        var byName = facilities.OrderBy(facility => facility.Name, StringComparer.InvariantCultureIgnoreCase);
        return ranking switch
        {
            FacilityRanking.Refusals => byName.Where(facility => facility.Traffic.Refusals > 0).OrderByDescending(facility => facility.Traffic.Refusals),
            FacilityRanking.Errors => byName.Where(facility => facility.Traffic.Errors > 0).OrderByDescending(facility => facility.Traffic.Errors),
            FacilityRanking.Slowest => byName.Where(facility => facility.Traffic.Images > 0).OrderByDescending(facility => facility.Traffic.MsPerImage),
            FacilityRanking.Silent => byName.Where(facility => facility.State == FacilityState.Active && facility.Traffic.Images == 0)
                .OrderBy(facility => facility.LastReceivedUtc ?? DateTime.MinValue),
            FacilityRanking.Failed => byName.Where(facility => facility.State == FacilityState.Active && listeners.Get(facility.Id).IsInTrouble)
                .OrderByDescending(facility => listeners.Get(facility.Id).State == ListenerState.Failed),
            _ => byName.OrderByDescending(facility => facility.Traffic.Images).ThenByDescending(facility => facility.Traffic.Associations),
        };
    }
}
