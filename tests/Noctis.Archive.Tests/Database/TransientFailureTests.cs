using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Npgsql;

namespace Noctis.Archive.Tests.Database;

/// <summary>Which failures are worth another attempt. SqlClient does not say so of its own exceptions, and there is no server here to lose a deadlock on.</summary>
public sealed class TransientFailureTests
{
    [Theory]
    [InlineData(1205, true)]
    [InlineData(40613, true)]
    [InlineData(2627, false)]
    [InlineData(547, false)]
    public void SqlServer_ErrorNumber_SaysWhetherToTryAgain(int number, bool isTransient)
    {
        SqlException exception = SqlServerError(number);

        Assert.Equal(isTransient, DatabaseProvider.IsTransient(exception));
        Assert.Equal(isTransient, DatabaseProvider.IsTransient(new DbUpdateException("wrapped", exception)));
    }

    [Fact]
    public void PostgreSql_Deadlock_IsWorthAnotherAttempt_AndADuplicateIsNot()
    {
        Assert.True(DatabaseProvider.IsTransient(new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected)));
        Assert.False(DatabaseProvider.IsTransient(new PostgresException("duplicate key", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)));
    }

    [Fact]
    public void AnythingElse_IsNot()
    {
        Assert.False(DatabaseProvider.IsTransient(new SqliteException("constraint failed", 19)));
        Assert.False(DatabaseProvider.IsTransient(new InvalidOperationException("bug")));
    }

    /// <summary>SqlClient makes its exceptions itself, out of what a server sent.</summary>
    private static SqlException SqlServerError(int number)
    {
        ConstructorInfo error = typeof(SqlError).GetConstructors(Hidden).First(one => one.GetParameters()[0].ParameterType == typeof(int));
        object?[] values = [.. error.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)];
        values[0] = number;
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructors(Hidden).Single().Invoke([]);
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error.Invoke(values)]);
        MethodInfo create = typeof(SqlException).GetMethods(Hidden | BindingFlags.Static)
            .First(method => method.Name == "CreateException" && method.GetParameters() is [{ } first, { } second] && first.ParameterType == typeof(SqlErrorCollection) && second.ParameterType == typeof(string));
        return (SqlException)create.Invoke(null, [errors, "16.0"])!;
    }

    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    [Fact]
    public void IsUnavailable_OfADatabaseThatDoesNotAnswer_IsSeenThroughWhatWrapsIt()
    {
        Assert.True(DatabaseFaults.IsUnavailable(new InvalidOperationException("It may be transient.", new NpgsqlException("refused"))));
        Assert.True(DatabaseFaults.IsUnavailable(SqlServerError(10061)));
        Assert.True(DatabaseFaults.IsUnavailable(new DbUpdateException("wrapped", new SqliteException("unable to open database file", 14))));
        Assert.False(DatabaseFaults.IsUnavailable(new DbUpdateException("wrapped", new SqliteException("constraint failed", 19))));
        Assert.False(DatabaseFaults.IsUnavailable(new InvalidOperationException("bug")));
    }

    [Fact]
    public void IsFull_OfADatabaseThatCannotGrow_IsToldFromOneThatDoesNotAnswer()
    {
        Assert.True(DatabaseProvider.IsFull(new SqliteException("database or disk is full", 13)));
        Assert.True(DatabaseProvider.IsFull(new DbUpdateException("wrapped", new PostgresException("could not extend file", "ERROR", "ERROR", PostgresErrorCodes.DiskFull))));
        Assert.False(DatabaseProvider.IsFull(new SqliteException("database is locked", 5)));
        Assert.False(DatabaseProvider.IsFull(new PostgresException("shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown)));
        Assert.False(DatabaseProvider.IsFull(new InvalidOperationException("bug")));
    }
}
