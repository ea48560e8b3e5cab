namespace Noctis.Archive.Journal;

/// <summary>A presentation context of an association and what became of it (PS3.8 9.3.2.2, 9.3.3.2). UIDs are as sent.</summary>
public sealed record NegotiatedContext
{
    public int Id { get; init; }

    public required string AbstractSyntax { get; init; }

    public IReadOnlyList<string> Proposed { get; init; } = [];

    /// <summary>The transfer syntax that was accepted; null when the context was not.</summary>
    public string? Accepted { get; init; }

    /// <summary>The result as the standard codes it: 0 accepted, 1 by the user, 2 no reason, 3 SOP class, 4 transfer syntaxes. Null when it was never answered.</summary>
    public int? Result { get; init; }
}
