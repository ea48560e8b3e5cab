namespace Noctis.Archive.Journal;

/// <summary>One caller that came to no facility, for one cause, however often it tried. What a dismissal is of.</summary>
/// <param name="CallingAETitle">What it calls itself; empty when it never came to say it.</param>
/// <param name="RemoteAddress">Where it calls from.</param>
/// <param name="Code">The cause.</param>
public sealed record FrontDoorCaller(string CallingAETitle, string RemoteAddress, JournalCode Code);
