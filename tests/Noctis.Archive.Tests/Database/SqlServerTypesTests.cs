using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Server;

namespace Noctis.Archive.Tests.Database;

/// <summary>
/// Microsoft.Data.SqlClient loads the assembly Microsoft.SqlServer.Server when the first command with a parameter is bound. The one of
/// ours has to be found by that name and to hold what it looks for; no server is needed to see that.
/// </summary>
public sealed class SqlServerTypesTests
{
    [Fact]
    public void Reference_OfSqlClient_IsOurAssembly()
    {
        var reference = typeof(SqlCommand).Assembly.GetReferencedAssemblies().Single(name => name.Name == "Microsoft.SqlServer.Server");

        var loaded = Assembly.Load(reference);

        Assert.Same(typeof(SqlUserDefinedTypeAttribute).Assembly, loaded);
        Assert.Equal("Noctis", loaded.GetCustomAttribute<AssemblyProductAttribute>()?.Product);
        Assert.Equal([typeof(Format), typeof(IBinarySerialize), typeof(SqlUserDefinedTypeAttribute)], loaded.GetExportedTypes().OrderBy(type => type.Name));
    }

    [Fact]
    public void Command_WithAParameter_IsBound()
    {
        using var command = new SqlCommand("SELECT @id, @name");
        command.Parameters.AddWithValue("@id", 1L);
        command.Parameters.Add(new SqlParameter("@name", "Müller"));
        Assert.Equal([System.Data.SqlDbType.BigInt, System.Data.SqlDbType.NVarChar], command.Parameters.Cast<SqlParameter>().Select(parameter => parameter.SqlDbType));

        // What runs when the command is sent is compiled here, which resolves every type that it mentions.
        foreach (var method in typeof(SqlCommand).GetMethods(Everything).Concat(typeof(SqlParameter).GetMethods(Everything)).Where(method => !method.ContainsGenericParameters && !method.IsAbstract))
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }

    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
}
