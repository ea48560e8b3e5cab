using System.Globalization;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// Which program holds a port. Only Linux tells without further programs, and only of processes whose handles we may see:
/// /proc/net/tcp names the socket's inode, /proc/PID/fd the process that holds it.
/// </summary>
internal static class PortOwner
{
    /// <summary>What <see cref="Find"/> answers for this very process.</summary>
    public const string Ourselves = "Noctis itself";

    /// <summary>TCP_LISTEN of the kernel's net/tcp_states.h, as the table prints it.</summary>
    private const string Listening = "0A";

    /// <returns>Such as "nginx, process 4711", or null where the system does not tell.</returns>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var inode = ListeningInode("/proc/net/tcp", port) ?? ListeningInode("/proc/net/tcp6", port);
            return inode is null ? null : HolderOf($"socket:[{inode}]");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ListeningInode(string table, int port)
    {
        if (!File.Exists(table))
            return null;
        // "sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode", address and port in hexadecimal.
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines(table).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields => fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)?[9];
    }

    private static string? HolderOf(string socket)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !Holds(process, socket))
                continue;
            return id == Environment.ProcessId
                ? Ourselves
                : $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()}, process {id}";
        }

        return null;
    }

    private static bool Holds(string process, string socket)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(handle => new FileInfo(handle).LinkTarget == socket);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that just ended.
            return false;
        }
    }
}
