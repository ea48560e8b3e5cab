using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Tests.Database;

public sealed class DatabaseOptionsTests
{
    [Fact]
    public void Settings_LeftOut_AreSqliteInTheStorageFolder()
    {
        var options = Read<DatabaseOptions>(new() { ["Storage:Path"] = "/srv/noctis" });

        Assert.Equal(DatabaseProviderKind.Sqlite, options.Kind);
        Assert.Equal($"Data Source={Path.Combine(Path.GetFullPath("/srv/noctis"), "noctis.db")}", options.ConnectionString);
        Assert.Equal((150, 30), (options.CompatibilityLevel, options.CommandTimeout));
        Assert.Null(options.MaxBatchSize);
    }

    [Theory]
    [InlineData("sqlite", DatabaseProviderKind.Sqlite)]
    [InlineData("POSTGRESQL", DatabaseProviderKind.PostgreSql)]
    [InlineData("SqlServer", DatabaseProviderKind.SqlServer)]
    public void Provider_InAnyCase_IsKnown(string text, DatabaseProviderKind kind) =>
        Assert.Equal(kind, Read<DatabaseOptions>(new() { ["Database:Provider"] = text, ["ConnectionStrings:Noctis"] = "Data Source=x" }).Kind);

    [Theory]
    [InlineData("Database:Provider", "MySql", "Database:Provider is \"MySql\". Set it to Sqlite, SqlServer or PostgreSql.")]
    [InlineData("Database:Provider", "1", "Database:Provider is \"1\"")]
    [InlineData("Database:Provider", "PostgreSql", "ConnectionStrings:Noctis is empty.")]
    [InlineData("Database:MaxBatchSize", "0", "Database:MaxBatchSize is 0.")]
    [InlineData("Database:CompatibilityLevel", "15", "Database:CompatibilityLevel is 15.")]
    [InlineData("Database:CommandTimeout", "0", "Database:CommandTimeout is 0.")]
    [InlineData("Database:StartTimeout", "-1", "Database:StartTimeout is -1.")]
    public void DatabaseSetting_ThatCannotBe_IsNamedWithItsFix(string key, string value, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read<DatabaseOptions>(new() { [key] = value }));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dicom:BindAddress", "localhost", "Dicom:BindAddress is \"localhost\".")]
    [InlineData("Dicom:PortRange:First", "0", "Dicom:PortRange is 0 to 13112.")]
    [InlineData("Dicom:PortRange:Last", "11000", "Dicom:PortRange is 11113 to 11000.")]
    [InlineData("Dicom:SharedPort", "65536", "Dicom:SharedPort is 65536.")]
    [InlineData("Dicom:ServerAETitle", "A\\B", "Dicom:ServerAETitle is \"A\\B\".")]
    public void AddressSetting_ThatCannotBe_IsNamedWithItsFix(string key, string value, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read<FacilityAddressOptions>(new() { [key] = value }));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static T Read<T>(Dictionary<string, string?> settings)
        where T : class
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddNoctisArchive(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
