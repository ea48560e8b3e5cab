namespace Noctis.Archive.Storage;

/// <summary>What is held of one modality, as it was last written down.</summary>
/// <param name="Modality">Empty for series that name none.</param>
/// <param name="Studies">Studies with a series of it; a study of two modalities counts for both.</param>
/// <param name="Instances">Images.</param>
/// <param name="Bytes">Their size.</param>
public sealed record ModalityStorage(string Modality, long Studies, long Instances, long Bytes);
