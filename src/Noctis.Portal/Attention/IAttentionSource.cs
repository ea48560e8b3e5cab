using Noctis.Archive;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>Finds one kind of thing that needs attention, at all facilities at once: in a few statements, however many there are.</summary>
public interface IAttentionSource
{
    /// <summary>How long what was found may be shown before it is looked for again: the dearer to find and the slower to change, the longer.</summary>
    TimeSpan Lifetime { get; }

    /// <param name="scope">Everybody's.</param>
    /// <param name="places">Every facility that is not being deleted, by id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken);
}
