namespace Noctis.Archive;

/// <summary>There is no such thing, or not for whoever asks: the two are never told apart.</summary>
public sealed record NotFoundError(string Message) : Error(Message);
