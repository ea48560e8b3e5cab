using System.Globalization;
using System.Security.Cryptography;

namespace Noctis.Portal.Jobs;

/// <summary>
/// What this process is called among those that share the database: machine, process, and four digits of its own, since in a
/// container every start has the same machine and process number, and what the last one left must be told from this one's.
/// </summary>
internal sealed class JobNode
{
    // Quartz keeps 200 characters, the history of runs 128.
    private const int MachineLength = 100;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Machine}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");

    private static string Machine => Environment.MachineName is { Length: > MachineLength } name ? name[..MachineLength] : Environment.MachineName;
}
