using Microsoft.EntityFrameworkCore;

namespace Noctis.Archive.Database;

/// <summary>The query filter that hides studies in the trash. The tenant's filter is another one, and stays whatever is done with this.</summary>
internal static class LiveFilter
{
    public const string Name = "Live";

    /// <summary>Those in the trash too: for the trash itself, and for whoever must not leave anything out.</summary>
    public static IQueryable<T> IncludingTrash<T>(this IQueryable<T> rows)
        where T : class => rows.IgnoreQueryFilters([Name]);
}
