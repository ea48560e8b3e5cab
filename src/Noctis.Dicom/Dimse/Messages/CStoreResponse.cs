namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-STORE-RSP (PS3.7 9.3.1.2, Table 9.3-2).</summary>
public sealed class CStoreResponse : DimseResponse
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CStoreResponse;
}
