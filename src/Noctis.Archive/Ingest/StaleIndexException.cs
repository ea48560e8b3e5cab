namespace Noctis.Archive.Ingest;

/// <summary>A row that the writer remembered is gone: the batch starts again from what the database holds.</summary>
internal sealed class StaleIndexException() : Exception("A row of the index was removed by another.");
