using Noctis.Portal.Components;
using Noctis.Portal.Journal;

namespace Noctis.Portal.Home;

/// <summary>Something that somebody should do something about: what, why, and the way there.</summary>
/// <param name="Kind">Bad: images do not arrive. Warn: they might not.</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">The reason, in plain words.</param>
/// <param name="ActionText">What the button says; null when there is nothing to open.</param>
/// <param name="ActionHref">Where it leads.</param>
public sealed record AttentionItem(StatusKind Kind, string Title, string Text, string? ActionText = null, string? ActionHref = null)
{
    /// <summary>The button that leads to where it is put right, with everything filled in.</summary>
    public const string Fix = "Show fix";

    /// <summary>The refusal that it tells of, whose fixes stand beside it on a facility's own page.</summary>
    public Refusal? Refusal { get; init; }
}
