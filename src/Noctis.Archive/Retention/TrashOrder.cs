using System.Linq.Expressions;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>Why studies go to the trash, and which of those that were named.</summary>
/// <param name="Cause">For the list.</param>
/// <param name="Reason">In words.</param>
internal sealed record TrashOrder(TrashCause Cause, string Reason)
{
    /// <summary>Those that are not so when the facility's lock is held stay; null for all.</summary>
    public Expression<Func<Study, bool>>? Only { get; init; }

    /// <summary>The oldest first, until the facility uses no more than this; null for all.</summary>
    public long? DownToBytes { get; init; }
}
