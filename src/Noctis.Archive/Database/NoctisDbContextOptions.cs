using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
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
        if (loggers is not null)
            builder.UseLoggerFactory(loggers);
        DatabaseProvider.Of(options.Kind).Configure(builder, options);
        return builder.Options;
    }
}
