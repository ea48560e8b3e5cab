namespace Noctis.Archive.Facilities;

/// <summary>What a facility of this name would get. Nothing is reserved: on creation the unique indexes decide.</summary>
public sealed record FacilityProposal(string AETitle, int Port);
