using Noctis.Archive.Quarantine;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Quarantine;

/// <summary>What waits in quarantine, as something that needs attention: of those who may decide about it.</summary>
internal static class QuarantineAttention
{
    public static IEnumerable<AttentionItem> OfFacility(CurrentFacility facility, QuarantineTotals waiting)
    {
        if (!facility.MayManage || waiting.Instances == 0)
            yield break;
        yield return new AttentionItem(
            StatusKind.Warn,
            waiting.Instances == 1 ? "1 image waits in quarantine" : $"{SizeText.Count(waiting.Instances)} images wait in quarantine",
            "A device that is not registered has sent them. Release them if they belong here, or discard them.",
            AttentionItem.Fix,
            facility.Href("quarantine"));
    }
}
