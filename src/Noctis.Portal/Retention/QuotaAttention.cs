using Noctis.Archive.Storage;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Retention;

/// <summary>A quota that is used up or soon will be, as something that needs attention.</summary>
internal static class QuotaAttention
{
    public static IEnumerable<AttentionItem> OfFacility(CurrentFacility facility, QuotaStanding? standing)
    {
        if (standing is null || !NeedsSomebody(standing))
            yield break;
        var quota = SizeText.Of(standing.QuotaBytes);
        yield return standing.IsFull
            ? new AttentionItem(StatusKind.Bad, $"The quota of {quota} is used up", Full(standing), "Show values", facility.Href("storage"))
            : new AttentionItem(StatusKind.Warn, $"{standing.Percent} % of the quota of {quota} is used", "When all of it is, images are refused.", "Show values", facility.Href("storage"));
    }

    public static IEnumerable<AttentionItem> OfInstallation(IEnumerable<QuotaStanding> standings) =>
        from standing in standings
        where NeedsSomebody(standing)
        orderby standing.IsFull descending, standing.Percent descending
        let quota = SizeText.Of(standing.QuotaBytes)
        let href = CurrentFacility.PathOf(standing.FacilityId, "settings/storage")
        select standing.IsFull
            ? new AttentionItem(StatusKind.Bad, $"{standing.FacilityName}: the quota of {quota} is used up", Full(standing), "Open", href)
            : new AttentionItem(StatusKind.Warn, $"{standing.FacilityName}: {standing.Percent} % of the quota of {quota} is used", "When all of it is, images are refused.", "Open", href);

    /// <summary>Where clean-up keeps to the quota by itself, being near it is how things should be.</summary>
    private static bool NeedsSomebody(QuotaStanding standing) => standing.IsFull || (standing.IsWorthAWarning && standing.CleanUp != CleanUp.WhenFull);

    private static string Full(QuotaStanding standing) => standing.CleanUp == CleanUp.Off
        ? "Images are refused until studies are deleted or an administrator raises it."
        : "Images are refused where clean-up finds no study that may go: all are pinned, or younger than the retention days.";
}
