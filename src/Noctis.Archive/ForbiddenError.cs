namespace Noctis.Archive;

/// <summary>Whoever asks may see the thing, but not do this to it.</summary>
public sealed record ForbiddenError(string Message) : Error(Message);
