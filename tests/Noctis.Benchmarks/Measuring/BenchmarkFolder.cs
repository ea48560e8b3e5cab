using System.Diagnostics;

namespace Noctis.Benchmarks.Measuring;

/// <summary>The folder of one run, gone with it.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    /// <summary>Makes it.</summary>
    /// <param name="parent">Where.</param>
    public BenchmarkFolder(string parent)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"noctis-bench-{Environment.ProcessId}")).FullName;
        SpreadOnDisk(Path);
    }

    public string Path { get; }

    /// <summary>
    /// Asks ext4 to put each folder in here into a part of the disk of its own, where others have not deleted files minutes ago; see
    /// <see cref="Storing.ServerTarget.PrepareAsync"/>. Other file systems know no such wish, and need none.
    /// </summary>
    public static void SpreadOnDisk(string folder)
    {
        using var chattr = Process.Start(new ProcessStartInfo("chattr", ["+T", folder]) { RedirectStandardError = true });
        chattr?.WaitForExit();
    }

    /// <summary>Has the file system write what it still holds, so that nobody's round pays for what another has left behind.</summary>
    public static void Settle(string folder)
    {
        using var sync = Process.Start("sync", ["-f", folder]);
        sync.WaitForExit();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
