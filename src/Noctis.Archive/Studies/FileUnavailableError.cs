namespace Noctis.Archive.Studies;

/// <summary>An object is in the index, and its file is missing or cannot be read.</summary>
public sealed record FileUnavailableError() : Error("The image's file is missing or cannot be read. Send the study again: a good copy repairs it.");
