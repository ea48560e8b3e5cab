using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>A key of a record, and how it is required.</summary>
internal readonly record struct DirectoryKey(DicomTag Tag, DirectoryKeyType Type);
