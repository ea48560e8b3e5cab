namespace Noctis.Portal.Journal;

/// <summary>What to do about a refusal, for the person who looks at it.</summary>
public sealed record RefusalAdvice
{
    public static RefusalAdvice None { get; } = new();

    /// <summary>What one click does, the best first; none where nobody, or somebody else, can.</summary>
    public IReadOnlyList<RefusalFix> Fixes { get; init; } = [];

    /// <summary>What the link to where it is put right says.</summary>
    public string? LinkText { get; init; }

    /// <summary>Where it is put right by hand.</summary>
    public string? LinkHref { get; init; }

    /// <summary>What there is to know, such as who may do it.</summary>
    public string? Note { get; init; }

    /// <summary>It has been put right since: how.</summary>
    public string? Settled { get; init; }

    internal static RefusalAdvice Done(string how) => new() { Settled = how };

    internal static RefusalAdvice Ask(string note) => new() { Note = note };

    internal static RefusalAdvice Link(string text, string href, string? note = null) => new() { LinkText = text, LinkHref = href, Note = note };

    internal static RefusalAdvice Offer(params IReadOnlyList<RefusalFix> fixes) => new() { Fixes = fixes };
}
