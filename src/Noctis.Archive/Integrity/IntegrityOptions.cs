namespace Noctis.Archive.Integrity;

/// <summary>The configuration section <c>Integrity</c>.</summary>
public sealed class IntegrityOptions
{
    public const string Section = "Integrity";

    /// <summary>
    /// How fast stored files are read again to see whether they are whole, in MB of 10^6 bytes a second; 0 reads none. 20 goes
    /// round 10 TB in six days, and leaves a disk nine tenths of its time for those who wait for it.
    /// </summary>
    public double MegabytesPerSecond { get; set; } = 20;

    /// <summary>Hours from the end of one round to the beginning of the next: a small archive need not be read over and over all day. A person who asks is not kept waiting.</summary>
    public double HoursBetweenRounds { get; set; } = 24;
}
