namespace Noctis.Dicom.Data.Matching;

/// <summary>A part of a <see cref="TextPattern"/>.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">Of a literal, its text, folded; else empty.</param>
public readonly record struct TextPatternSegment(TextPatternSegmentKind Kind, string Text);
