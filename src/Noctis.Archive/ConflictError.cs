namespace Noctis.Archive;

/// <summary>Somebody else was faster, or the state of things does not allow it.</summary>
public sealed record ConflictError(string Message) : Error(Message);
