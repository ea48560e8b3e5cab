using System.Diagnostics;
using Npgsql;

namespace Noctis.Testing.Databases;

/// <summary>A PostgreSQL server of one test's own, that can be taken down as by a crash and started again on the same data.</summary>
public sealed class RestartablePostgreSqlServer : IAsyncDisposable
{
    // The shell waits for its standard input to end, which it does however the test process ends, and takes the server with it at once,
    // as a power cut would.
    private const string Script = """
        [ -e "$2/PG_VERSION" ] || "$1/initdb" -D "$2" -U noctis -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null || exit 1
        "$1/postgres" -D "$2" -c unix_socket_directories="$2" -c listen_addresses= -c max_connections=100 >>"$2.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT "$server"
        wait "$server"
        """;

    private const string Removal = """rm -rf "$1" "$1.log" """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = $"/tmp/noctis-pg-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
    private Process? _shell;

    private RestartablePostgreSqlServer() =>
        ConnectionString = new NpgsqlConnectionStringBuilder { Host = _folder, Username = "noctis", Database = "postgres", MaxPoolSize = 20 }.ToString();

    public string ConnectionString { get; }

    public static async Task<RestartablePostgreSqlServer> StartAsync()
    {
        var server = new RestartablePostgreSqlServer();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        string bin = PrivatePostgreSqlServer.BinFolder ?? throw new InvalidOperationException("There is no PostgreSQL here: install Debian's package postgresql.");
        _shell = Run(Script, bin, _folder);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_shell.HasExited && Stopwatch.GetElapsedTime(started) < StartTimeout)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Takes it down without a word to its clients.</summary>
    public async Task StopAsync()
    {
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        _shell = null;
        // This process would go on with connections that are dead.
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        using var removal = Run(Removal, _folder);
        await removal.WaitForExitAsync();
    }

    private static Process Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "/bin/sh"] : ["/bin/sh"];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1).Concat(["-c", script, "noctis-test-postgres", .. arguments]))
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
    }
}
