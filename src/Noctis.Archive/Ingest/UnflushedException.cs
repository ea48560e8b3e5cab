namespace Noctis.Archive.Ingest;

/// <summary>The file of an object in the batch could not be made durable: its row must not be committed.</summary>
internal sealed class UnflushedException() : Exception("An object of the batch is not on disk.");
