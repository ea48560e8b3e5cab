using System.Security.Cryptography;

namespace Noctis.Portal.Accounts;

/// <summary>
/// A password for an account that somebody else makes: shown to the maker once, told by phone, changed at the first sign-in.
/// Sixteen characters out of 31, none of which is taken for another: 79 bits.
/// </summary>
internal static class InitialPassword
{
    // No 0, o, 1, i, l.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    public static string Generate() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
