namespace Noctis.Archive.Storage;

/// <summary>The configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder that holds every facility's objects. A relative path is taken from the working directory.</summary>
    public string Path { get; set; } = "./data";

    /// <summary>
    /// Threads that wait for the disk for objects whose association has no thread of its own (TLS, uploads). Flushes block, and a
    /// blocked thread pool answers nobody.
    /// </summary>
    public int FlushThreads { get; set; } = 16;

    /// <summary>
    /// Objects up to this many KB are made durable by the commit of their row, content and all, and flushed into their files together a
    /// moment later. On SQLite alone; 0 for none.
    /// </summary>
    public int HoldUpToKB { get; set; } = 32;

    /// <summary>The floor: with less than this free on the disk, in GB of 10^9 bytes, objects are refused. 0 goes on until the disk is full.</summary>
    public double MinimumFreeGB { get; set; } = 1;

    /// <summary>With less than this free, in GB, pages warn.</summary>
    public double WarnFreeGB { get; set; } = 20;
}
