namespace Noctis.Archive.Journal;

/// <summary>The calls of one caller and cause.</summary>
/// <param name="Caller">Who, from where, and why not.</param>
/// <param name="Count">How often, as far back as the inbox looks.</param>
/// <param name="Last">The newest call, which has the sentence.</param>
/// <param name="DealtWithUtc">When somebody said that it is dealt with; null when nobody did.</param>
/// <param name="DealtWithBy">Who did.</param>
public sealed record InboxCalls(FrontDoorCaller Caller, int Count, FrontDoorEntry Last, DateTime? DealtWithUtc, string? DealtWithBy)
{
    /// <summary>It was dealt with, and has called again since.</summary>
    public bool IsBack { get; init; }
}
