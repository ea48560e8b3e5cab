using Noctis.Archive;
using Noctis.Archive.Quarantine;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Home;

namespace Noctis.Portal.Quarantine;

/// <summary>What waits in quarantine, as something that needs attention: of those who may decide about it.</summary>
internal sealed class QuarantineAttention(QuarantineQueries quarantine) : IAttentionSource
{
    public TimeSpan Lifetime => TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var waiting = await quarantine.GetTotalsByFacilityAsync(scope, cancellationToken);
        return [.. waiting.Where(one => places.ContainsKey(one.Key)).SelectMany(one => OfFacility(places[one.Key], one.Value).Select(item => item.At(places[one.Key])))];
    }

    public static IEnumerable<AttentionItem> OfFacility(AttentionPlace place, QuarantineTotals waiting)
    {
        if (!place.MayManage || waiting.Instances == 0)
            yield break;
        yield return new AttentionItem(
            StatusKind.Warn,
            waiting.Instances == 1 ? "1 image waits in quarantine" : $"{SizeText.Count(waiting.Instances)} images wait in quarantine",
            "A device that is not registered has sent them. Release them if they belong here, or discard them.",
            AttentionItem.Fix,
            place.Href("quarantine"));
        if (waiting.Faulty > 0)
        {
            yield return new AttentionItem(
                StatusKind.Bad,
                $"{SizeText.Count(waiting.Faulty, "image")} in quarantine {(waiting.Faulty == 1 ? "has" : "have")} a faulty file",
                "Files that are damaged or missing cannot be released. Send the study again while its device still has it, then release it and discard what is left.",
                AttentionItem.Fix,
                place.Href("quarantine"));
        }
    }
}
