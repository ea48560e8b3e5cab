namespace Noctis.Archive.Storage;

/// <summary>The room on the disk that holds the objects. Behind an interface so that tests can fill it.</summary>
public interface IDiskSpace
{
    /// <summary>What this process may still write, in bytes; <see cref="long.MaxValue"/> where the system does not say.</summary>
    long FreeBytes { get; }

    /// <summary>The size of the disk in bytes; 0 where the system does not say.</summary>
    long TotalBytes { get; }
}
