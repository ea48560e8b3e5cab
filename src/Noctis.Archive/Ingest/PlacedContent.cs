namespace Noctis.Archive.Ingest;

/// <summary>What is in a file that was placed.</summary>
/// <param name="Bytes">The length of the file, meta group included.</param>
/// <param name="Hash">See <see cref="ObjectHash"/>.</param>
/// <param name="ReceivedUtc">When its last byte came.</param>
internal readonly record struct PlacedContent(long Bytes, byte[] Hash, DateTime ReceivedUtc);
