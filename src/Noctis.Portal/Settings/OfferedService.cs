namespace Noctis.Portal.Settings;

/// <summary>A DICOM service that a listener offers: the name by which the settings keep it, and what people are told of it.</summary>
public sealed record OfferedService(string Name, string Title, string Sentence);
