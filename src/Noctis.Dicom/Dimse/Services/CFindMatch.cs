using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>One match of a query.</summary>
/// <param name="Identifier">The identifier to send: the keys asked for, with their values.</param>
/// <param name="SupportsAllKeys">Every optional key was matched and returned as asked: status FF00; else FF01 (PS3.4 C.4.1.1.4).</param>
public readonly record struct CFindMatch(DicomDataset Identifier, bool SupportsAllKeys = true);
