using Noctis.Archive.Facilities;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Storage;

/// <summary>Faulty files, as something that needs attention.</summary>
internal static class FaultAttention
{
    public static IEnumerable<AttentionItem> OfFacility(CurrentFacility facility, int faults)
    {
        if (faults == 0)
            yield break;
        yield return new AttentionItem(StatusKind.Bad, $"{SizeText.Count(faults, "image")} {(faults == 1 ? "has" : "have")} a faulty file",
            "Send the study again: a good copy repairs it.", "Show which", facility.Href("storage"));
    }

    public static IEnumerable<AttentionItem> OfInstallation(IEnumerable<Facility> facilities, IReadOnlyDictionary<Guid, int> faults) =>
        from facility in facilities
        let count = faults.GetValueOrDefault(facility.Id)
        where count > 0 && facility.State != FacilityState.Deleting
        select new AttentionItem(StatusKind.Bad, $"{facility.Name}: {SizeText.Count(count, "image")} {(count == 1 ? "has" : "have")} a faulty file",
            "Missing, or not what was received. A good copy that is sent again repairs it.", "Show which", CurrentFacility.PathOf(facility.Id, "storage"));
}
