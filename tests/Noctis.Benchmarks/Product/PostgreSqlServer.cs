using System.Diagnostics;
using System.Globalization;
using Noctis.Benchmarks.Measuring;
using Npgsql;

namespace Noctis.Benchmarks.Product;

/// <summary>A PostgreSQL server of this run's own, with the defaults that it has by itself, and so with its flushes.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    // The shell waits for its standard input to end, which it does however the benchmark ends, and takes the server with it.
    private const string Script = """
        "$1/initdb" -D "$2" -U noctis -A trust -E UTF8 --locale=C.UTF-8 >/dev/null || exit 1
        "$1/postgres" -D "$2" -c unix_socket_directories="$2" -c listen_addresses= >"$2/server.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT "$server"
        wait "$server"
        """;

    private const string Root = "/usr/lib/postgresql";

    private readonly ServerProcess _shell;
    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgreSqlServer(ServerProcess shell, string folder)
    {
        _shell = shell;
        _folder = folder;
        _connection = new NpgsqlConnectionStringBuilder { Host = folder, Username = "noctis", Database = "postgres" };
    }

    /// <summary>What it calls its version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The server's own process, the parent of all its others.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="parent">Where its folder goes; a short path, since its socket lies in there and has 107 characters at most.</param>
    public static async Task<PostgreSqlServer> StartAsync(string parent)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, "pg")).FullName;
        BenchmarkFolder.SpreadOnDisk(folder);
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        string[] command = ["/bin/sh", "-c", Script, "noctis-bench-postgres", FindBinFolder(), folder];
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", folder]);
            await chown.WaitForExitAsync();
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        var shell = ServerProcess.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" });
        var server = new PostgreSqlServer(shell, folder);
        try
        {
            shell.EndsWithItsInput = true;
            await shell.WaitForAsync(server.AnswersAsync);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>The connection string of a database, which the product makes at its start.</summary>
    public string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder(_connection.ToString()) { Database = database }.ToString();

    public ValueTask DisposeAsync() => _shell.DisposeAsync();

    /// <summary>The newest server that Debian has installed here.</summary>
    private static string FindBinFolder() =>
        (Directory.Exists(Root) ? Directory.GetDirectories(Root) : [])
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new InvalidOperationException("There is no PostgreSQL here: install Debian's package postgresql.");

    private async Task<bool> AnswersAsync(CancellationToken limit)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connection.ToString()) { Pooling = false }.ToString());
            await connection.OpenAsync(limit);
            Version = connection.PostgreSqlVersion.ToString();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
