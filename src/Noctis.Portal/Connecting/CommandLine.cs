using System.Buffers;

namespace Noctis.Portal.Connecting;

/// <summary>
/// A command with its words apart, written so that a shell takes each word as it is. AE titles may hold spaces and every printing
/// character but the backslash, so each word is quoted that could mean anything else to the shell.
/// </summary>
public sealed record CommandLine(IReadOnlyList<string> Words)
{
    // What both kinds of shell take as it is, wherever it stands in a word.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./:=");

    public CommandLine(params string[] words)
        : this((IReadOnlyList<string>)words)
    {
    }

    /// <summary>For sh, bash, zsh and their like: between single quotes nothing means anything but the single quote itself.</summary>
    public string Posix => string.Join(' ', Words.Select(word => Quote(word, @"'\''", more: "@%,")));

    /// <summary>For PowerShell: between single quotes a single quote is written twice. A double quote needs PowerShell 7.3 or later, which hands it on.</summary>
    public string PowerShell => string.Join(' ', Words.Select(word => Quote(word, "''", more: "")));

    public override string ToString() => Posix;

    private static string Quote(string word, string quote, string more)
    {
        var isPlain = word.Length > 0 && word.All(character => Plain.Contains(character) || more.Contains(character, StringComparison.Ordinal));
        return isPlain ? word : $"'{word.Replace("'", quote, StringComparison.Ordinal)}'";
    }
}
