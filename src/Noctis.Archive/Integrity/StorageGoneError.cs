namespace Noctis.Archive.Integrity;

/// <summary>Files cannot be judged, because the disk that holds them does not seem to be there.</summary>
public sealed record StorageGoneError(string Message) : Error(Message);
