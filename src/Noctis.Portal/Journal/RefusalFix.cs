namespace Noctis.Portal.Journal;

/// <summary>One click, and what it does.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Sentence">What it does, in a sentence.</param>
public sealed record RefusalFix(FixKind Kind, string Label, string Sentence);
