namespace Noctis.Dicom.Dimse;

/// <summary>A request: what all of them have in common (PS3.7 9.3, 10.3). Immutable.</summary>
public abstract class DimseRequest : DimseMessage
{
    private protected DimseRequest()
    {
    }

    /// <summary>Message ID, (0000,0110).</summary>
    public required ushort MessageID { get; init; }
}
