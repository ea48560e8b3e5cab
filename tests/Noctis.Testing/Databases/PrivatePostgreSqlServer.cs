using System.Diagnostics;
using Npgsql;

namespace Noctis.Testing.Databases;

/// <summary>
/// A PostgreSQL server of this test run's own: in a temporary folder, reached through a socket in it, gone with the process. It is
/// started at the first use, once a process.
/// </summary>
internal static class PrivatePostgreSqlServer
{
    // The shell waits for its standard input to end, which it does however the test process ends, and takes the server and its folder
    // with it. Without fsync: what tests here is the code, not the disk. The server's own log goes beside the folder's data.
    private const string Script = """
        "$1/initdb" -D "$2" -U noctis -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null || exit 1
        "$1/postgres" -D "$2" -c unix_socket_directories="$2" -c listen_addresses= -c fsync=off -c max_connections=300 >"$2/server.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT "$server"
        wait "$server"
        rm -rf "$2"
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Server = new(StartAsync);

    // Held, because the pipe has to stay open as long as this process lives: a collected Process closes it.
    private static Process? _shell;

    /// <summary>The newest server that Debian has installed here; null without one.</summary>
    public static string? BinFolder { get; } = FindBinFolder();

    public static Task<string> GetConnectionStringAsync() => Server.Value;

    private static string? FindBinFolder()
    {
        const string root = "/usr/lib/postgresql";
        return !Directory.Exists(root) ? null : Directory.GetDirectories(root)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static async Task<string> StartAsync()
    {
        if (BinFolder is null)
            throw new InvalidOperationException($"There is no PostgreSQL here: install Debian's package postgresql, or set {TestServers.PostgreSqlVariable}.");

        // A socket's path has 107 characters at most, so not below a long temporary folder.
        var folder = $"/tmp/noctis-pg-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "/bin/sh"] : ["/bin/sh"];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1).Concat(["-c", Script, "noctis-test-postgres", BinFolder, folder]))
            start.ArgumentList.Add(argument);

        var shell = _shell = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        var errors = shell.StandardError.ReadToEndAsync();

        var connectionString = new NpgsqlConnectionStringBuilder { Host = folder, Username = "noctis", Database = "postgres", MaxPoolSize = 20 }.ToString();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return connectionString;
            }
            catch (NpgsqlException) when (!shell.HasExited && Stopwatch.GetElapsedTime(started) < StartTimeout)
            {
                await Task.Delay(100);
            }
            catch (NpgsqlException exception)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {(shell.HasExited ? await errors : "no answer")}", exception);
            }
        }
    }
}
