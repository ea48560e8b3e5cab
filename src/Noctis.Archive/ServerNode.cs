using System.Globalization;
using System.Security.Cryptography;

namespace Noctis.Archive;

/// <summary>What this server is called among those that share the database: the one notion of it, in tests, jobs, reports and metrics.</summary>
public sealed class ServerNode
{
    // Quartz keeps 200 characters, the history of runs and of self-tests 128.
    private const int MachineLength = 100;

    /// <summary>For what outlives a restart, and is replaced by what the next process finds: self-tests, status, metrics.</summary>
    public static string Machine { get; } = Environment.MachineName is { Length: > MachineLength } name ? name[..MachineLength] : Environment.MachineName;

    /// <summary>
    /// For what a process leaves behind and must be told from what the next one does: machine, process, and four digits of its own, since in a
    /// container every start has the same machine and process number.
    /// </summary>
    public string Process { get; } = string.Create(CultureInfo.InvariantCulture, $"{Machine}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
}
