using Noctis.Archive.Journal;

namespace Noctis.Gateway.Admission;

/// <summary>What the rules of both kinds of doors say of a title that was called.</summary>
internal static class CalledTitles
{
    /// <summary>Facilities named in one sentence at most; an administrator who wants them all looks at the list of devices.</summary>
    private const int MostNames = 5;

    /// <summary>Which of a door's titles was meant: the one that was missed by a slip, or else the first.</summary>
    public static (string Title, TitleSlip Slip) Nearest(string called, params IReadOnlyList<string> titles)
    {
        var nearest = titles.Select(title => (Title: title, Slip: TitleSlips.Find(called, title)))
            .Where(candidate => candidate.Slip != TitleSlip.None)
            .OrderBy(candidate => candidate.Slip)
            .FirstOrDefault();
        return nearest.Title is null ? (titles[0], TitleSlip.None) : nearest;
    }

    public static JournalCode CodeOf(TitleSlip slip) => slip switch
    {
        TitleSlip.Case => JournalCode.CalledTitleCaseDiffers,
        TitleSlip.Spacing => JournalCode.CalledTitleSpacingDiffers,
        _ => JournalCode.CalledTitleWrong,
    };

    /// <summary>"Central Hospital (port 11113) and North Clinic (port 11114)": for administrators alone.</summary>
    public static string NamesOf(IReadOnlyList<GatewayFacility> facilities)
    {
        var names = facilities.Take(MostNames).Select(facility => $"{facility.Name} (port {facility.Port})").ToList();
        if (facilities.Count > MostNames)
            names.Add($"{facilities.Count - MostNames} more");
        return names.Count < 2 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
