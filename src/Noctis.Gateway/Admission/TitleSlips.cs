namespace Noctis.Gateway.Admission;

/// <summary>Recognizes slips in titles, so that who made one reads what it is instead of searching for it.</summary>
internal static class TitleSlips
{
    /// <summary>Shorter beginnings are a title of their own more often than the rest of another.</summary>
    private const int ShortestCut = 6;

    public static TitleSlip Find(string sent, string meant)
    {
        sent = AETitle.Normalize(sent);
        meant = AETitle.Normalize(meant);
        if (sent.Length == 0 || string.Equals(sent, meant, StringComparison.Ordinal))
            return TitleSlip.None;
        if (string.Equals(sent, meant, StringComparison.OrdinalIgnoreCase))
            return TitleSlip.Case;
        var letters = Squeeze(sent);
        if (letters.Length > 0 && string.Equals(letters, Squeeze(meant), StringComparison.OrdinalIgnoreCase))
            return TitleSlip.Spacing;
        return sent.Length >= ShortestCut && meant.StartsWith(sent, StringComparison.OrdinalIgnoreCase) ? TitleSlip.Cut : TitleSlip.None;
    }

    /// <summary>What is wrong, to stand after the sentence that names both titles.</summary>
    public static string Sentence(TitleSlip slip) => slip switch
    {
        TitleSlip.Case => "Only upper and lower case differ: AE titles must match letter by letter.",
        TitleSlip.Spacing => "Only spaces, dashes or invisible characters differ: type the title anew, character by character.",
        TitleSlip.Cut => "The end of the title is missing.",
        _ => "",
    };

    private static string Squeeze(string title) => string.Concat(title.Where(char.IsAsciiLetterOrDigit));
}
