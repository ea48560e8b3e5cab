namespace Noctis.Dicom.Files.Text;

/// <summary>The names of a person name's component groups and components (PS3.18 F.2.2, PS3.19 A.1.5).</summary>
internal static class PersonNameGroups
{
    /// <summary>In the order of PS3.5 6.2.1.</summary>
    public static string[] Names { get; } = ["Alphabetic", "Ideographic", "Phonetic"];

    /// <summary>In the order of PS3.5 6.2.1.1.</summary>
    public static string[] Components { get; } = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"];

    /// <summary>Which component group has this name; -1: none.</summary>
    public static int IndexOf(ReadOnlySpan<byte> utf8) =>
        utf8.SequenceEqual("Alphabetic"u8) ? 0 : utf8.SequenceEqual("Ideographic"u8) ? 1 : utf8.SequenceEqual("Phonetic"u8) ? 2 : -1;

    /// <summary>Joined for a PN, groups and components at the end left out when they are empty.</summary>
    public static string Join(ReadOnlySpan<string?> groups) => string.Join('=', groups).TrimEnd('=');
}
