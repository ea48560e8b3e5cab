namespace Noctis.Archive.Quarantine;

/// <summary>How far a release has come.</summary>
/// <param name="Released">Objects that are in the archive now.</param>
/// <param name="Left">Objects that stay in quarantine, since the archive does not take them.</param>
/// <param name="LeftBecause">Why the last of those stays.</param>
public sealed record QuarantineProgress(int Released, int Left, string? LeftBecause);
