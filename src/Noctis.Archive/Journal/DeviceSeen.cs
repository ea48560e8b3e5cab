namespace Noctis.Archive.Journal;

/// <summary>A registered device was admitted.</summary>
public sealed record DeviceSeen(long DeviceId, DateTime TimeUtc, string Address);
