using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Noctis.Archive.Studies;

/// <summary>A place in the study list, kept by key: it stays where it is when studies arrive or go. Its text form fits into a URL.</summary>
/// <param name="StudyId">The study beside which the page lies.</param>
/// <param name="IsBackward">Whether the page ends before it, in the order of the list, instead of beginning after it.</param>
public sealed record StudyCursor(long StudyId, bool IsBackward = false)
{
    public override string ToString() => (IsBackward ? "b" : "a") + StudyId.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> wrote; text that somebody made up is no cursor.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StudyCursor? cursor)
    {
        cursor = null;
        if (text is not ['a' or 'b', ..] || !long.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long id)) return false;
        cursor = new StudyCursor(id, text[0] == 'b');
        return true;
    }
}
