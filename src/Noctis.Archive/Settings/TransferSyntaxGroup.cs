namespace Noctis.Archive.Settings;

/// <summary>Transfer syntaxes as people think of them.</summary>
public sealed record TransferSyntaxGroup(string Name, IReadOnlyList<Noctis.Dicom.Data.DicomTransferSyntax> Syntaxes);
