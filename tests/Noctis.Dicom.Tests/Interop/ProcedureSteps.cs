using System.Collections.Concurrent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Keeps performed procedure steps (PS3.4 F.7), by SOP instance.</summary>
internal sealed class ProcedureSteps() : NormalizedService(DicomUID.ModalityPerformedProcedureStep.Value)
{
    private readonly ConcurrentDictionary<string, string> _states = new();

    /// <summary>Performed Procedure Step Status (0040,0252) of each.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    protected override ValueTask<NServiceResult> CreateAsync(NCreateRequest request, Association association, CancellationToken cancellationToken) =>
        KeepAsync(request.AffectedSOPInstanceUID!, request.Dataset!);

    protected override ValueTask<NServiceResult> SetAsync(NSetRequest request, Association association, CancellationToken cancellationToken) =>
        KeepAsync(request.RequestedSOPInstanceUID, request.Dataset!);

    private ValueTask<NServiceResult> KeepAsync(string uid, DicomDataset step)
    {
        _states[uid] = step.GetString(DicomTag.PerformedProcedureStepStatus)!;
        return ValueTask.FromResult(NServiceResult.Success);
    }
}
