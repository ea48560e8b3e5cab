namespace Noctis.Archive.Storage;

/// <summary>What was stored at the end of a day in UTC; today's, what is stored now.</summary>
public sealed record StoragePoint(DateOnly Day, long Bytes);
