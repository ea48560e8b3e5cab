using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Noctis.Archive.Database;

/// <summary>Reads the section "Database" with its connection string, and says at start what is wrong with them.</summary>
internal sealed class DatabaseOptionsSetup(IConfiguration configuration) : IConfigureOptions<DatabaseOptions>, IValidateOptions<DatabaseOptions>
{
    public const string DefaultFileName = "noctis.db";

    public void Configure(DatabaseOptions options)
    {
        configuration.GetSection(DatabaseOptions.Section).Bind(options);
        options.ConnectionString = configuration.GetConnectionString(DatabaseOptions.ConnectionStringName) ?? "";

        if (options.ConnectionString.Length == 0 && DatabaseOptions.TryParse(options.Provider, out var kind) && kind == DatabaseProviderKind.Sqlite)
        {
            var folder = configuration["Storage:Path"] is { Length: > 0 } path ? path : "data";
            options.ConnectionString = $"Data Source={Path.Combine(Path.GetFullPath(folder), DefaultFileName)}";
        }
    }

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
