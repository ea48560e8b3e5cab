using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Messages;

/// <summary>What C-GET-RSP and C-MOVE-RSP have in common: the counts of their sub-operations (PS3.7 9.3.3.2, 9.3.4.2; PS3.4 C.4.2.1). Immutable.</summary>
public abstract class RetrieveResponse : DimseResponse
{
    private protected RetrieveResponse()
    {
    }

    [SetsRequiredMembers]
    private protected RetrieveResponse(CommandSet received, DicomDataset? dataset)
        : base(received, dataset)
    {
        NumberOfRemainingSuboperations = received.GetUInt16(DicomTag.NumberOfRemainingSuboperations);
        NumberOfCompletedSuboperations = received.GetUInt16(DicomTag.NumberOfCompletedSuboperations);
        NumberOfFailedSuboperations = received.GetUInt16(DicomTag.NumberOfFailedSuboperations);
        NumberOfWarningSuboperations = received.GetUInt16(DicomTag.NumberOfWarningSuboperations);
    }

    /// <summary>Number of Remaining Suboperations, (0000,1020): while pending, and after a cancellation.</summary>
    public ushort? NumberOfRemainingSuboperations { get; init; }

    /// <summary>Number of Completed Suboperations, (0000,1021).</summary>
    public ushort? NumberOfCompletedSuboperations { get; init; }

    /// <summary>Number of Failed Suboperations, (0000,1022).</summary>
    public ushort? NumberOfFailedSuboperations { get; init; }

    /// <summary>Number of Warning Suboperations, (0000,1023): done with a warning.</summary>
    public ushort? NumberOfWarningSuboperations { get; init; }

    private protected override void WriteFurtherElements(CommandSetWriter writer)
    {
        Add(writer, DicomTag.NumberOfRemainingSuboperations, NumberOfRemainingSuboperations);
        Add(writer, DicomTag.NumberOfCompletedSuboperations, NumberOfCompletedSuboperations);
        Add(writer, DicomTag.NumberOfFailedSuboperations, NumberOfFailedSuboperations);
        Add(writer, DicomTag.NumberOfWarningSuboperations, NumberOfWarningSuboperations);
    }

    private static void Add(CommandSetWriter writer, DicomTag tag, ushort? value)
    {
        if (value is { } number)
            writer.AddUInt16(tag, number);
    }
}
