namespace Noctis.Gateway.Journal;

/// <summary>Makes what peers sent fit for a row: a database that takes no NUL, or no more characters than it says, must not lose a batch by one.</summary>
internal static class JournalText
{
    /// <returns>The text, at most so long, with '?' for what no database and no page should get.</returns>
    public static string? Fit(string? text, int length)
    {
        if (text is null)
            return null;
        var cut = text.Length <= length ? text : text[..length];
        return cut.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? cut
            : string.Create(cut.Length, cut, static (target, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                    target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            });
    }
}
