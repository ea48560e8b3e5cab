namespace Noctis.Archive.Studies;

/// <summary>One page of the study list.</summary>
/// <param name="Studies">In the order asked for.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
/// <param name="Previous">Where the page before ends; null on the first one.</param>
public sealed record StudyPage(IReadOnlyList<StudyRow> Studies, StudyCursor? Next, StudyCursor? Previous);
