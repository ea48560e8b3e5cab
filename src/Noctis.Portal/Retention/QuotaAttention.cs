using Noctis.Archive.Storage;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Storage;

namespace Noctis.Portal.Retention;

/// <summary>A quota that is used up or soon will be, as something that needs attention.</summary>
internal static class QuotaAttention
{
    public static IEnumerable<AttentionItem> OfFacility(AttentionPlace facility, QuotaStanding? standing, QuotaForecast? forecast = null)
    {
        if (standing is null)
            yield break;
        var quota = SizeText.Of(standing.QuotaBytes);
        var (days, growth) = (forecast?.DaysLeft, forecast?.GrowthPerDay ?? 0);
        // Where clean-up keeps to the quota by itself, nearing it is how things should be.
        var soon = standing.CleanUp == CleanUp.WhenFull || days is null or 0 ? StatusKind.Ok : StorageText.Kind(days);
        if (standing.IsFull)
            yield return new AttentionItem(StatusKind.Bad, $"The quota of {quota} is used up", Full(standing), "Show values", facility.Href("storage")) { StopsImages = standing.CleanUp == CleanUp.Off };
        else if (NeedsSomebody(standing))
        {
            yield return new AttentionItem(soon == StatusKind.Bad ? StatusKind.Bad : StatusKind.Warn, $"{standing.Percent} % of the quota of {quota} is used",
                soon == StatusKind.Ok ? "When all of it is, images are refused." : $"At the present growth all of it is used in {StorageText.Lasts(days, growth, isFull: false)}; images are refused then.", "Show values", facility.Href("storage"));
        }
        else if (soon != StatusKind.Ok)
        {
            yield return new AttentionItem(soon, $"The quota of {quota} will be used up in {StorageText.Lasts(days, growth, isFull: false)}",
                $"{standing.Percent} % is used, and it grows by {SizeText.Of(growth)} a day. When all of it is used, images are refused.", "Show values", facility.Href("storage"));
        }
    }

    /// <summary>Where clean-up keeps to the quota by itself, being near it is how things should be.</summary>
    private static bool NeedsSomebody(QuotaStanding standing) => standing.IsFull || (standing.IsWorthAWarning && standing.CleanUp != CleanUp.WhenFull);

    private static string Full(QuotaStanding standing) => standing.CleanUp == CleanUp.Off
        ? "Images are refused until studies are deleted or an administrator raises it."
        : "Images are refused where clean-up finds no study that may go: all are pinned, or younger than the retention days.";
}
