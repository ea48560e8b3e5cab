using System.Collections.Concurrent;
using System.Diagnostics;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Telemetry;

/// <summary>
/// Traces of associations and, below them, of their operations. Attributes say who talked to whom and about which kind of object; of
/// patients, studies and single objects they say nothing. Costs nothing while nobody listens. Thread safe.
/// </summary>
public sealed class GatewayTraces : IDisposable
{
    public const string SourceName = "Noctis.Gateway";

    private readonly ActivitySource _source = new(SourceName);
    private readonly ConcurrentDictionary<Guid, Activity> _associations = new();

    public void Dispose() => _source.Dispose();

    internal void AssociationAccepted(Association association, string facility)
    {
        if (!_source.HasListeners())
            return;
        var before = Activity.Current;
        var activity = _source.StartActivity("DICOM association", ActivityKind.Server, default(ActivityContext), startTime: association.StartedUtc);
        // The association's loop goes on to other calls, which are not this one's children by accident.
        Activity.Current = before;
        if (activity is null)
            return;
        activity.SetTag("noctis.facility", facility)
            .SetTag("dicom.calling_ae_title", AETitle.Clean(association.CallingAETitle))
            .SetTag("dicom.called_ae_title", AETitle.Clean(association.CalledAETitle))
            .SetTag("client.address", association.Peer.RemoteEndPoint.Address.ToString())
            .SetTag("server.port", association.Peer.LocalEndPoint.Port)
            .SetTag("dicom.encrypted", association.Peer.IsEncrypted);
        _associations[association.Id] = activity;
    }

    internal void OperationCompleted(Association association, OperationSummary operation)
    {
        if (!_associations.TryGetValue(association.Id, out var parent))
            return;
        var before = Activity.Current;
        var name = operation.Command.ToString();
        using var activity = _source.StartActivity(name, ActivityKind.Server, parent.Context, startTime: operation.StartedUtc);
        Activity.Current = before;
        if (activity is null)
            return;
        activity.SetTag("dicom.command", name)
            .SetTag("dicom.sop_class", operation.SOPClassUID is { } uid ? DicomUID.Find(uid)?.Name ?? uid : null)
            .SetTag("dicom.transfer_syntax", operation.TransferSyntaxUID)
            .SetTag("dicom.status", operation.Status?.ToString())
            .SetTag("dicom.dataset_bytes", operation.DatasetBytes)
            .SetStatus(operation.Status is { IsSuccessOrWarning: true } ? ActivityStatusCode.Ok : ActivityStatusCode.Error)
            .SetEndTime((operation.StartedUtc + operation.Duration).UtcDateTime);
    }

    internal void AssociationEnded(Association association, AssociationSummary summary)
    {
        if (!_associations.TryRemove(association.Id, out var activity))
            return;
        var before = Activity.Current;
        activity.SetTag("dicom.ending", summary.Ending.ToString())
            .SetTag("dicom.operations", summary.Operations)
            .SetTag("dicom.failed_operations", summary.FailedOperations)
            .SetTag("dicom.bytes_received", summary.BytesReceived)
            .SetStatus(summary.Ending == AssociationEnding.Released ? ActivityStatusCode.Ok : ActivityStatusCode.Error)
            .SetEndTime((association.StartedUtc + summary.Duration).UtcDateTime);
        activity.Dispose();
        Activity.Current = before;
    }
}
