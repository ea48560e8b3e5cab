using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>Recognises the error by which a unique index says that somebody else was faster, on every database.</summary>
public static class UniqueViolation
{
    public static bool IsUniqueViolation(this NoctisDbContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inner = exception is DbUpdateException { InnerException: { } cause } ? cause : exception;
        return inner is DbException database && DatabaseProvider.Of(context.Database).IsUniqueViolation(database);
    }
}
