using Noctis.Portal.Attention;
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

    /// <summary>Whose it is, where several facilities' stand in one list; null for what is nobody's but the administrators'.</summary>
    public Guid? FacilityId { get; init; }

    public string? FacilityName { get; init; }

    /// <summary>When it began, or happened last; null where that is not known.</summary>
    public DateTime? SinceUtc { get; init; }

    /// <summary>It is why the listener has something to complain of, which then needs not be said once more.</summary>
    public bool ExplainsListener { get; init; }

    /// <summary>The facility takes no image for it.</summary>
    public bool StopsImages { get; init; }

    /// <summary>As one of many facilities'.</summary>
    public AttentionItem At(AttentionPlace place) => this with { FacilityId = place.Id, FacilityName = place.Name };
}
