using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Noctis.Archive.Database;

namespace Noctis.Archive.Tests.Database;

/// <summary>Rules that every entity keeps, whoever adds it.</summary>
public sealed class ModelTests
{
    private const string FacilityId = nameof(ITenantOwned.FacilityId);

    // The strings name no server that exists: nothing here connects.
    private static readonly Dictionary<DatabaseProviderKind, string> ConnectionStrings = new()
    {
        [DatabaseProviderKind.Sqlite] = "Data Source=model.db",
        [DatabaseProviderKind.SqlServer] = "Server=model;Database=noctis",
        [DatabaseProviderKind.PostgreSql] = "Host=model;Database=noctis",
    };

    public static TheoryData<DatabaseProviderKind> Providers => new(Enum.GetValues<DatabaseProviderKind>());

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_ComparedWithItsMigrations_HasNoPendingChange(DatabaseProviderKind kind)
    {
        using var context = Context(kind);
        Assert.False(context.Database.HasPendingModelChanges(), "The model changed: run migrations/add.sh NAME and commit what it writes.");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Migrations_OfEachProvider_AreFound(DatabaseProviderKind kind)
    {
        using var context = Context(kind);
        Assert.NotEmpty(context.Database.GetMigrations());
    }

    [Fact]
    public void Entity_WithAFacilityId_IsTenantOwned()
    {
        foreach (var type in EntityTypes().Where(type => type.FindProperty(FacilityId) is not null))
            Assert.True(typeof(ITenantOwned).IsAssignableFrom(type.ClrType), $"{type.ClrType.Name} has a FacilityId: it must implement ITenantOwned.");
    }

    [Fact]
    public void TenantOwnedEntity_Always_HasTheFilterAndTheForeignKey()
    {
        var types = TenantOwned().ToList();
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            Assert.True(type.GetDeclaredQueryFilters().Any(filter => filter.Key == TenancyModel.FilterName), $"{type.ClrType.Name} has no filter.");
            Assert.Contains(type.GetForeignKeys(), key => key.Properties is [{ Name: FacilityId }] && key.DeleteBehavior == DeleteBehavior.Restrict);
            var facilityId = type.FindProperty(FacilityId)!;
            Assert.True(facilityId.IsConcurrencyToken || facilityId.IsPrimaryKey(), $"{type.ClrType.Name} can be updated by its id alone.");
        }
    }

    [Fact]
    public void TenantOwnedEntity_Always_IsKeyedByFacilityFirst()
    {
        foreach (var type in TenantOwned())
        {
            var key = type.FindPrimaryKey()!.Properties;
            Assert.True(key[0].Name == FacilityId || key is [{ ClrType: var only }] && (only == typeof(long) || only == typeof(Guid)),
                $"The primary key of {type.ClrType.Name} must be an id of its own, or begin with FacilityId.");
            foreach (var index in type.GetIndexes().Where(index => index.IsUnique))
                Assert.True(index.Properties[0].Name == FacilityId, $"The unique index ({Names(index.Properties)}) of {type.ClrType.Name} must begin with FacilityId: two facilities may hold the same value.");
            foreach (var alternate in type.GetKeys().Where(other => !other.IsPrimaryKey()))
                Assert.True(alternate.Properties[0].Name == FacilityId, $"The key ({Names(alternate.Properties)}) of {type.ClrType.Name} must begin with FacilityId.");
        }
    }

    [Fact]
    public void Index_OnSqlServer_FitsIntoItsLimit()
    {
        using var context = Context(DatabaseProviderKind.SqlServer);
        foreach (var type in context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(type => !type.IsMappedToJson()))
        {
            var keys = type.GetIndexes().Select(index => (index.Properties, Limit: 1700))
                .Concat(type.GetKeys().Select(key => (key.Properties, Limit: key.IsClustered() == false ? 1700 : 900)));
            foreach (var (properties, limit) in keys)
                Assert.True(properties.Sum(Bytes) <= limit, $"The index ({Names(properties)}) of {type.DisplayName()} can exceed {limit} bytes on SQL Server: {properties.Sum(Bytes)}.");
        }
    }

    [Fact]
    public void Migrations_ForSqlServer_NeitherAlterColumnsNorRenameIndexes()
    {
        using var context = Context(DatabaseProviderKind.SqlServer);
        var assembly = context.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrationsAssembly>();
        foreach (var (id, type) in assembly.Migrations)
        {
            var operations = assembly.CreateMigration(type, context.Database.ProviderName!).UpOperations;
            Assert.DoesNotContain(operations, operation => operation is AlterColumnOperation or RenameIndexOperation);
            Assert.All(operations.OfType<CreateSequenceOperation>(), sequence => Assert.False(string.IsNullOrEmpty(sequence.Schema), $"{sequence.Name} in {id}"));
        }
    }

    private static int Bytes(IReadOnlyProperty property)
    {
        var type = property.GetValueConverter()?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return (property.GetMaxLength() ?? 4000) * (property.IsUnicode() == false ? 1 : 2);
        return type == typeof(byte[]) ? property.GetMaxLength() ?? 8000 : 16;
    }

    private static string Names(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(property => property.Name));

    private static IEnumerable<IEntityType> TenantOwned() => EntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType));

    private static List<IEntityType> EntityTypes()
    {
        using var context = Context(DatabaseProviderKind.Sqlite);
        return [.. context.GetService<IDesignTimeModel>().Model.GetEntityTypes()];
    }

    private static NoctisDbContext Context(DatabaseProviderKind kind) =>
        new(NoctisDbContextOptions.Create(new DatabaseOptions { Provider = kind.ToString(), ConnectionString = ConnectionStrings[kind] }));
}
