namespace Noctis.Dicom.Dimse.Messages;

/// <summary>C-ECHO-RSP (PS3.7 9.3.5.2, Table 9.3-13).</summary>
public sealed class CEchoResponse : DimseResponse
{
    /// <inheritdoc/>
    public override CommandField Field => CommandField.CEchoResponse;
}
