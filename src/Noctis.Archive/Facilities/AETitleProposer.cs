using System.Globalization;
using System.Security.Cryptography;

namespace Noctis.Archive.Facilities;

/// <summary>
/// Makes an AE title from a facility's name: its letters and digits in upper case, at most 11, then four random hexadecimal digits.
/// "Central Hospital" gives CENTRALHOSP1A2B. The digits keep facilities of one name apart, and titles hard to guess.
/// </summary>
public static class AETitleProposer
{
    private const int NameLength = 11;

    // For names in scripts that give no letter of an AE title.
    private const string Fallback = "FACILITY";

    public static string Propose(string? name)
    {
        var letters = Transliteration.ToAsciiLettersAndDigits(name);
        if (letters.Length == 0)
            letters = Fallback;
        var suffix = RandomNumberGenerator.GetInt32(0x10000).ToString("X4", CultureInfo.InvariantCulture);
        return letters[..Math.Min(letters.Length, NameLength)] + suffix;
    }
}
