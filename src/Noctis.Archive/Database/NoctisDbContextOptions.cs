using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>The one place where the options of a <see cref="NoctisDbContext"/> are made: for the server, for tests and for design time.</summary>
public static class NoctisDbContextOptions
{
    // IdentityDbContext asks the application's services which schema it shall make. The answer is the same for everyone, design time
    // included: the one with passkeys.
    private static readonly ServiceProvider IdentitySettings = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    public static DbContextOptions<NoctisDbContext> Create(DatabaseOptions options, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new DbContextOptionsBuilder<NoctisDbContext>();
        builder.UseApplicationServiceProvider(IdentitySettings);
        builder.ReplaceService<IModelCacheKeyFactory, TenancyModelCacheKeyFactory>();
        builder.ConfigureWarnings(warnings => warnings
            // Which rows such a query returns is chance: that is a bug, and a test has to meet it.
            .Throw(CoreEventId.FirstWithoutOrderByAndFilterWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning)
            // Asking whether a database is there yet is no error; where a connection is needed and fails, the caller logs it.
            .Log((RelationalEventId.ConnectionError, LogLevel.Debug))
            // Nor is a statement that fails, where a unique index decides a race or there is no history of migrations yet: who sent it says
            // what it means.
            .Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        if (loggers is not null)
            builder.UseLoggerFactory(loggers);
        DatabaseProvider.Of(options.Kind).Configure(builder, options);
        return builder.Options;
    }
}
