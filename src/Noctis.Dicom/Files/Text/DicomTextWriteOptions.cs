using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>How a data set is written as DICOM JSON or as native XML.</summary>
/// <remarks>Immutable; safe on any thread as long as the policy is.</remarks>
public sealed record DicomTextWriteOptions
{
    /// <summary>The options used where none are given: every value inline, compressed pixel data left out.</summary>
    public static DicomTextWriteOptions Default { get; } = new();

    /// <summary>Whether to write one line an element, for a human reader.</summary>
    public bool IsIndented { get; init; }

    /// <summary>
    /// Where a value goes: inline, behind a URI, or nowhere. Asked for each value that is not empty and whose representation
    /// may be bulk data (PS3.18 F.2.2): DS, IS, LT, ST, UC, UN, UT, and all binary ones but AT. Null, the default: all inline,
    /// except compressed pixel data, which has no inline form and is left out.
    /// </summary>
    public Func<DicomBulkValue, DicomBulkPlacement>? PlaceBulkData { get; init; }

    /// <summary>Options that leave out every value of the OB, OW, OF, OD, OL, OV and UN representations longer than this.</summary>
    /// <param name="length">Bytes.</param>
    public static DicomTextWriteOptions WithoutBinaryAbove(long length) => new()
    {
        PlaceBulkData = value => value.Length > length && (value.Element.VR.Code[0] == 'O' || value.Element.VR == DicomVR.UN)
            || value.IsEncapsulated
            ? DicomBulkPlacement.Omitted
            : DicomBulkPlacement.Inline,
    };
}
