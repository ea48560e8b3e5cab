using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>A study in the trash: how it went, and what it is.</summary>
public sealed record TrashRow(TrashedStudy Trashed, Study Study);
