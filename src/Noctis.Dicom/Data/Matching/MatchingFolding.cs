namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// What does not count when text is compared. PS3.4 C.2.2.2.1 and C.2.2.2.4 want every character to count, except in
/// person names, where the archive chooses.
/// </summary>
[Flags]
public enum MatchingFolding
{
    /// <summary>Every character counts.</summary>
    None = 0,

    /// <summary>"doe" is "DOE".</summary>
    IgnoreCase = 1,

    /// <summary>"Müller" is "Muller", "Weiß" is "Weiss", "Ёлкин" is "Елкин"; what is a letter of its own stays one: й is not и, が is not か.</summary>
    IgnoreAccents = 2,

    /// <summary>"ﾔﾏﾀﾞ" is "ヤマダ", "ＹＡＭＡＤＡ" is "YAMADA": half-width and full-width forms.</summary>
    IgnoreWidth = 4,

    /// <summary>All of these: how person names are compared unless told otherwise.</summary>
    PersonNames = IgnoreCase | IgnoreAccents | IgnoreWidth,
}
