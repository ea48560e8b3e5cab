using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;

namespace Noctis.Portal.Tests.Home;

/// <summary>Takes the database away from whoever looks at all facilities, and gives it back.</summary>
internal sealed class DatabaseSwitch
{
    public bool IsAway { get; set; }

    public void Into(IServiceCollection services)
    {
        var kept = services.Single(service => service.ServiceType == typeof(ICrossTenantDbContextFactory));
        services.Replace(ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(provider => new Factory(
            this, (ICrossTenantDbContextFactory)(kept.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, kept.ImplementationType!)))));
    }

    private sealed class Factory(DatabaseSwitch theSwitch, ICrossTenantDbContextFactory factory) : ICrossTenantDbContextFactory
    {
        // As EF Core passes on what the driver says of a file that cannot be opened.
        public NoctisDbContext CreateAcrossFacilities() => theSwitch.IsAway
            ? throw new InvalidOperationException("It may be transient.", new SqliteException("unable to open database file", 14))
            : factory.CreateAcrossFacilities();
    }
}
