namespace Noctis.Archive.Quarantine;

/// <summary>What is released or discarded together: what one device sent of one study.</summary>
public readonly record struct QuarantineKey(string CallingAETitle, string RemoteAddress, string StudyInstanceUid);
