namespace Noctis.Dicom.Data.Matching;

/// <summary>What a part of a <see cref="TextPattern"/> stands for (PS3.4 C.2.2.2.4).</summary>
public enum TextPatternSegmentKind
{
    /// <summary>Itself.</summary>
    Literal,

    /// <summary>"?": any one character.</summary>
    AnyCharacter,

    /// <summary>"*": any characters, none included.</summary>
    AnyText,
}
