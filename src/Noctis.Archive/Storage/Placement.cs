using System.Globalization;

namespace Noctis.Archive.Storage;

/// <summary>
/// How the path of an object is made, settled when its first byte comes. It stands in the object's name in <c>incoming/</c>, so that
/// a start after a crash works out the same path, whatever the facility's settings have become.
/// </summary>
/// <param name="Layout">The folders.</param>
/// <param name="Naming">How the file's name begins.</param>
/// <param name="Sequence">The number for <see cref="FileNaming.Sequence"/>; 0 with any other.</param>
internal readonly record struct Placement(StorageLayout Layout, FileNaming Naming, long Sequence)
{
    // In the order of the enumerations. Files on disk bear them: never changed.
    private const string Layouts = "stpdf";
    private const string Namings = "untq";
    private const char Quarantine = 'q';

    /// <summary>It is set apart: then <see cref="Layout"/> is no matter.</summary>
    public bool IsQuarantine { get; init; }

    /// <summary>Letters and digits, for a part of a file's name.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{(IsQuarantine ? Quarantine : Layouts[(int)Layout])}{Namings[(int)Naming]}{Sequence}");

    public static bool TryParse(string code, out Placement placement)
    {
        placement = default;
        if (code.Length < 3) return false;
        int layout = Layouts.IndexOf(code[0], StringComparison.Ordinal), naming = Namings.IndexOf(code[1], StringComparison.Ordinal);
        bool isQuarantine = code[0] == Quarantine;
        if ((layout < 0 && !isQuarantine) || naming < 0 || !long.TryParse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)) return false;
        placement = new Placement(isQuarantine ? default : (StorageLayout)layout, (FileNaming)naming, sequence) { IsQuarantine = isQuarantine };
        return true;
    }
}
