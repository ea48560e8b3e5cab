namespace Noctis.Archive.Facilities;

/// <summary>A device's values as typed.</summary>
public sealed record DeviceDraft(string? AETitle, string? Description = null, string? ExpectedAddress = null, bool IsActive = true);
