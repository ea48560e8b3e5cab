using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Home;

namespace Noctis.Portal.Storage;

/// <summary>Faulty files, as something that needs attention.</summary>
internal static class FaultAttention
{
    public static IEnumerable<AttentionItem> OfFacility(AttentionPlace facility, int faults)
    {
        if (faults == 0)
            yield break;
        yield return new AttentionItem(StatusKind.Bad, $"{SizeText.Count(faults, "image")} {(faults == 1 ? "has" : "have")} a faulty file",
            "Send the study again: a good copy repairs it.", "Show which", facility.Href("storage"));
    }
}
