namespace Noctis.Archive.Storage;

/// <summary>The storage of one facility, as it is at one moment.</summary>
/// <param name="Totals">What it takes.</param>
/// <param name="History">How that has grown.</param>
/// <param name="Modalities">The largest first; empty until statistics were taken for the first time.</param>
public sealed record FacilityStorageDetails(FacilityStorage Totals, StorageHistory History, IReadOnlyList<ModalityStorage> Modalities);
