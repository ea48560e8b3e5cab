using System.Globalization;

namespace Noctis.Benchmarks.Measuring;

/// <summary>What Linux knows of a process, from /proc (proc(5)).</summary>
internal static class ProcessFigures
{
    // USER_HZ: a constant of the interface of every Linux platform that .NET runs on.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat, counted from the one after the name in parentheses, which may hold anything.
    private const int ParentField = 1;
    private const int FirstTimeField = 11;
    private const int TimeFields = 4;

    /// <summary>
    /// Seconds of processor time, user and system, of a process and its children: those that run, those that ended unnoticed, and those
    /// that it has noticed.
    /// </summary>
    public static double CpuSeconds(int processId)
    {
        var ticks = TicksOf(Fields(processId));
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture, out var id)
                && Fields(id) is { } fields
                && int.Parse(fields[ParentField], CultureInfo.InvariantCulture) == processId)
                ticks += TicksOf(fields);
        }

        return ticks / TicksPerSecond;
    }

    /// <summary>The most memory that a process has ever had resident, in bytes (VmHWM).</summary>
    public static long PeakResidentBytes(int processId) => Status(processId, "VmHWM:");

    /// <summary>The memory that a process has resident now, in bytes (VmRSS).</summary>
    public static long ResidentBytes(int processId) => Status(processId, "VmRSS:");

    /// <summary>File system and device that a folder is on, as "ext4 on /dev/sda1".</summary>
    public static string FileSystemOf(string folder)
    {
        var full = Path.GetFullPath(folder);
        var mount = File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Where(words => full == words[1] || words[1] == "/" || full.StartsWith(words[1] + "/", StringComparison.Ordinal))
            .MaxBy(words => words[1].Length)!;
        return $"{mount[2]} on {mount[0]}";
    }

    private static long Status(int processId, string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static string[]? Fields(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static long TicksOf(string[]? fields) =>
        fields?.Skip(FirstTimeField).Take(TimeFields).Sum(text => long.Parse(text, CultureInfo.InvariantCulture)) ?? 0;
}
