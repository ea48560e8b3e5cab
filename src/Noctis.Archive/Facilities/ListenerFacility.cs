namespace Noctis.Archive.Facilities;

/// <summary>What a listener needs to know of its facility. Two of them are equal when nothing has to be done.</summary>
public sealed record ListenerFacility(Guid Id, string Name, string AETitle, int Port, int Version);
