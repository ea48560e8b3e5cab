using Microsoft.EntityFrameworkCore.Design;
using Noctis.Archive.Database;

namespace Noctis.Migrations.PostgreSql;

/// <summary>For dotnet-ef alone, which asks for a context when it writes a migration; no database is opened.</summary>
public sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<NoctisDbContext>
{
    public NoctisDbContext CreateDbContext(string[] args) =>
        new(NoctisDbContextOptions.Create(new DatabaseOptions { Provider = nameof(DatabaseProviderKind.PostgreSql), ConnectionString = "Host=design-time;Database=noctis" }));
}
