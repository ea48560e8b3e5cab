namespace Noctis.Dicom.Dimse.Internal;

/// <summary>The response to a request that no service answered: of that request's kind, with a failure.</summary>
internal sealed class FailureResponse(CommandField request) : DimseResponse
{
    public override CommandField Field { get; } = (CommandField)((ushort)request | 0x8000);
}
