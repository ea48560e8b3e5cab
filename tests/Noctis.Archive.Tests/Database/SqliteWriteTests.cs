using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Database;

public sealed class SqliteWriteTests : IDisposable
{
    public static readonly TheoryData<object?> Values = new(
        null, "", "CT", "Ärzte\u00A0日本 😀", new string('é', 171), new string('x', 70_000), "a\0b", 0, -7, int.MaxValue, long.MinValue, (short)-3, (byte)200, true, false, 0.1,
        Array.Empty<byte>(), new byte[] { 0, 1, 255 }, new byte[40_000],
        new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc), new DateTime(2026, 12, 31, 23, 59, 59, 123, 456, DateTimeKind.Utc), DateTime.MaxValue, DateTime.MinValue, new DateTimeOffset(2026, 2, 3, 4, 5, 6, 700, TimeSpan.FromHours(-5)), new DateOnly(1999, 1, 31), new TimeOnly(23, 59, 58), new TimeOnly(1, 2, 3, 400), uint.MaxValue);

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteWriteTests()
    {
        _connection.Open();
        Run("CREATE TABLE T (Id INTEGER PRIMARY KEY, Value UNIQUE, Child INTEGER CHECK (Child < 10))");
    }

    public void Dispose() => _connection.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public void Execute_AnyValue_IsStoredAsMicrosoftDataSqliteStoresIt(object? value)
    {
        using var write = new SqliteWrite(_connection, "UPDATE T SET Value = @p0 WHERE Id = @p1", []);
        using (SqliteCommand insert = _connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO T (Id, Value) VALUES (1, @value)";
            insert.Parameters.AddWithValue("@value", value ?? DBNull.Value);
            insert.ExecuteNonQuery();
        }

        string expected = Stored();
        Run("UPDATE T SET Value = 'other'");
        write.Bind(0, value);
        write.Bind(1, 1L);

        Assert.Equal(1, write.Execute());
        Assert.Equal(expected, Stored());
    }

    [Fact]
    public void Execute_NoSuchRow_WritesNone()
    {
        using var write = new SqliteWrite(_connection, "UPDATE T SET Value = @p0 WHERE Id = @p1", []);
        write.Bind(0, "x");
        write.Bind(1, 5);

        Assert.Equal(0, write.Execute());
    }

    [Fact]
    public void Execute_AfterARowWasRefused_WritesTheNext_AndSaysWhichRuleItBroke()
    {
        using var write = new SqliteWrite(_connection, "INSERT INTO T (Id, Value, Child) VALUES (?, ?, ?)", []);
        Assert.Equal(1, Insert(1, "a", null));

        SqliteException twice = Assert.Throws<SqliteException>(() => Insert(2, "a", null));
        SqliteException check = Assert.Throws<SqliteException>(() => Insert(3, "c", 10));

        Assert.Equal((19, 2067), (twice.SqliteErrorCode, twice.SqliteExtendedErrorCode));
        Assert.Equal((19, 275), (check.SqliteErrorCode, check.SqliteExtendedErrorCode));
        Assert.Equal(1, Insert(2, "b", 9));
        Assert.Equal(2L, Scalar("SELECT COUNT(*) FROM T"));

        int Insert(int id, string value, int? child)
        {
            write.Bind(0, id);
            write.Bind(1, value);
            write.Bind(2, child);
            return write.Execute();
        }
    }

    [Fact]
    public void Prepare_WhatIsNoStatement_SaysWhere()
    {
        SqliteException wrong = Assert.Throws<SqliteException>(() => new SqliteWrite(_connection, "INSERT INTO Nowhere VALUES (1)", []));

        Assert.Contains("Nowhere", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_EveryTypeThatTheModelStores_IsKnown()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(DatabaseProviderKind.Sqlite);
        await using NoctisDbContext context = database.AcrossFacilities();
        using var write = new SqliteWrite(_connection, "UPDATE T SET Value = ?", []);
        var types = context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Select(ProviderType).ToHashSet();

        foreach (Type type in types)
            write.Bind(0, type == typeof(string) ? "" : type == typeof(byte[]) ? Array.Empty<byte>() : Activator.CreateInstance(type));

        Assert.True(types.Count > 4);
    }

    private static Type ProviderType(IProperty property)
    {
        RelationalTypeMapping mapping = property.GetRelationalTypeMapping();
        Type type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private string Stored() => (string)Scalar("SELECT typeof(Value) || ' ' || coalesce(length(Value), '') || ' ' || hex(Value) FROM T")!;

    private void Run(string sql) => Scalar(sql);

    private object? Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
