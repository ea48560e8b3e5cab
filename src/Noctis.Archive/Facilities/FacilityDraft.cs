namespace Noctis.Archive.Facilities;

/// <summary>A facility's values as typed. Left out, AE title and port are proposed (on creation) or stay as they are (on a change).</summary>
public sealed record FacilityDraft(string? Name, string? AETitle = null, int? Port = null);
