namespace Noctis.Archive.Studies;

/// <summary>The last instance of a page.</summary>
/// <param name="InstanceNumber">Its number; instances without one come first.</param>
/// <param name="Id">Its id, which parts those of the same number.</param>
public sealed record InstanceCursor(int? InstanceNumber, long Id);
