using Microsoft.Extensions.Logging;
using Noctis.Archive.Journal;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Explaining;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Services;
using Noctis.Gateway.Watching;

namespace Noctis.Gateway.Listeners;

/// <summary>Hears what happens at one door and keeps it: in the log and the journal for later, on the status board and for those who watch, for now.</summary>
internal sealed class DoorObserver(
    Door door, DoorAdmission admission, FrontDoor frontDoor, GatewayServices services, FrontDoorJournal journal, ListenerStatusBoard board,
    ConnectionWatch watch, ILogger logger)
    : IAssociationObserver
{
    private string Name => frontDoor.NameOf(door);

    public void ConnectionOpened(AssociationPeer peer)
    {
        // At the shared door it is nobody's yet.
        if (door.FacilityId is { } facilityId)
            watch.Opened(facilityId, peer);
    }

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure)
    {
        var call = new AssociationCall("", "", peer.RemoteEndPoint.Address);
        // A load balancer's or monitor's look whether the port is open, every few seconds for ever: nothing anybody has to read,
        // but whoever waits for a scanner sees that its port test arrived.
        if (failure is { BytesReceived: 0, Ending: AssociationEnding.ConnectionLost })
        {
            if (door.FacilityId is { } looked)
                watch.EndedWithoutAssociation(looked, peer, call, JournalCode.None, FailedConnections.ClosedUnused, row: null);
            return;
        }

        var (code, sentence) = FailedConnections.Explain(failure, door);
        var row = journal.WriteOdd(door.FacilityId, call, peer.LocalEndPoint.Port, new JournalFacts(JournalKind.Association, JournalOutcome.Aborted, code, sentence)
        {
            Bytes = failure.BytesReceived,
            Duration = failure.Duration,
        });
        if (door.FacilityId is { } facilityId)
            watch.EndedWithoutAssociation(facilityId, peer, call, code, sentence, row);
    }

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection)
    {
        var call = new AssociationCall(request.CallingAETitle, request.CalledAETitle, peer.RemoteEndPoint.Address);
        var refused = admission.FindRefusal(rejection) ?? Refusal(NetworkRejections.Explain(rejection), frontDoor.FindFacility(door, call));

        if (refused.AdministratorNote is { } note)
            Log.RefusedWithNote(logger, Name, AETitle.Clean(call.CallingAETitle), call.Address, note);
        board.Refused(door);
        if (door.IsShared && refused.FacilityId is { } facilityId)
            board.Refused(Door.Of(facilityId));
        var asked = NegotiationDetails.Of(request, peer);
        var row = journal.Refused(call, peer.LocalEndPoint.Port, refused, asked);
        if (refused.FacilityId is { } concerned)
            watch.EndedWithoutAssociation(concerned, peer, call, refused.Code, refused.Explanation, row, asked);
    }

    public void AssociationAccepted(Association association)
    {
        var caller = AdmittedCaller.Of(association);
        caller.AssociationId = journal.DrawAssociationId();
        ForEachDoor(caller, board.AssociationOpened);
        watch.Accepted(caller.Scope.FacilityId, association);
        if (caller.DeviceId is { } deviceId)
            journal.Seen(deviceId, CallOf(association));
    }

    public void OperationCompleted(Association association, OperationSummary operation)
    {
        var caller = AdmittedCaller.Of(association);
        var (outcome, code, reason) = Judge(caller, operation);
        journal.Write(
            caller.Scope.FacilityId,
            CallOf(association),
            association.Peer.LocalEndPoint.Port,
            new JournalFacts(KindOf(operation.Command), outcome, code, reason)
            {
                AssociationId = caller.AssociationId,
                DeviceId = caller.DeviceId,
                Images = outcome == JournalOutcome.Completed && operation.Command == CommandField.CStoreRequest ? 1 : 0,
                Bytes = operation.DatasetBytes,
                Duration = operation.Duration,
                Status = operation.Status?.Code,
                SOPClassUID = operation.SOPClassUID,
                SOPInstanceUID = operation.SOPInstanceUID,
                TransferSyntaxUID = operation.DatasetBytes > 0 ? operation.TransferSyntaxUID : null,
            });
        Count(caller, operation, outcome);
        Show(association, caller, operation, outcome, code, reason);
    }

    public void AssociationEnded(Association association, AssociationSummary summary)
    {
        var caller = AdmittedCaller.Of(association);
        ForEachDoor(caller, board.AssociationClosed);

        var (outcome, code, reason) = Judge(caller, association, summary);
        if (outcome == JournalOutcome.Refused)
        {
            ForEachDoor(caller, board.Refused);
            Log.NothingAccepted(logger, Name, AETitle.Clean(association.CallingAETitle), association.Peer.RemoteEndPoint.Address, reason!);
        }

        if (outcome == JournalOutcome.Aborted)
            ForEachDoor(caller, board.Failed);
        var details = journal.DetailsOf(caller.Scope.FacilityId, association, outcome, code);
        journal.Write(
            caller.Scope.FacilityId,
            CallOf(association),
            association.Peer.LocalEndPoint.Port,
            new JournalFacts(JournalKind.Association, outcome, code, reason)
            {
                AssociationId = caller.AssociationId,
                DeviceId = caller.DeviceId,
                Images = caller.Images,
                Bytes = summary.BytesReceived,
                Duration = summary.Duration,
                Details = details,
            });
        watch.Ended(caller.Scope.FacilityId, association, outcome, code, reason, details);
    }

    private void Count(AdmittedCaller caller, OperationSummary operation, JournalOutcome outcome)
    {
        switch (outcome)
        {
            case JournalOutcome.Completed when operation.Command == CommandField.CStoreRequest:
                caller.Images++;
                if (!caller.IsQuarantined)
                    ForEachDoor(caller, one => board.ImageStored(one, operation.DatasetBytes));
                break;
            case JournalOutcome.Refused:
                ForEachDoor(caller, board.Refused);
                break;
            case JournalOutcome.Failed:
                ForEachDoor(caller, board.Failed);
                break;
        }
    }

    private void Show(Association association, AdmittedCaller caller, OperationSummary operation, JournalOutcome outcome, JournalCode code, string? reason)
    {
        var isEcho = operation.Command == CommandField.CEchoRequest;
        if (outcome is JournalOutcome.Refused or JournalOutcome.Failed)
            watch.Failed(caller.Scope.FacilityId, association, isEcho ? ConnectionStep.Echo : ConnectionStep.Image, code, reason!, operation.SOPClassUID, operation.DatasetBytes > 0 ? operation.TransferSyntaxUID : null);
        else if (outcome == JournalOutcome.Completed && isEcho)
            watch.Echoed(caller.Scope.FacilityId, association);
        else if (outcome == JournalOutcome.Completed && operation.Command == CommandField.CStoreRequest)
            watch.Stored(caller.Scope.FacilityId, association);
    }

    private static (JournalOutcome Outcome, JournalCode Code, string? Reason) Judge(AdmittedCaller caller, OperationSummary operation)
    {
        // Without a status the association broke off before the answer; its own row says why.
        if (operation.Status is not { } status)
            return (JournalOutcome.Aborted, JournalCode.None, operation.Comment);
        if (status.IsSuccessOrWarning)
            return (JournalOutcome.Completed, JournalCode.None, operation.Comment is { Length: > 0 } warning ? warning : null);
        var (code, reason) = FailedOperations.Explain(operation, status, caller.Refusal);
        caller.Refusal = null;
        return (FailedOperations.IsOurs(status) ? JournalOutcome.Failed : JournalOutcome.Refused, code, reason);
    }

    private static JournalKind KindOf(CommandField command) => command switch
    {
        CommandField.CEchoRequest => JournalKind.Echo,
        CommandField.CFindRequest => JournalKind.Find,
        CommandField.CMoveRequest => JournalKind.Move,
        CommandField.CGetRequest => JournalKind.Get,
        CommandField.NActionRequest or CommandField.NEventReportRequest => JournalKind.Commitment,
        _ => JournalKind.Store,
    };

    private (JournalOutcome Outcome, JournalCode Code, string? Reason) Judge(AdmittedCaller caller, Association association, AssociationSummary summary)
    {
        if (!association.PresentationContexts.Accepted.Any())
        {
            var nothing = EndedAssociations.NothingAccepted(association.PresentationContexts, caller.Settings, services);
            return (JournalOutcome.Refused, nothing.Code, nothing.Sentence);
        }

        var apart = caller.IsQuarantined ? EndedAssociations.Quarantined(CallOf(association), caller.Images) : null;
        if (summary.Ending == AssociationEnding.Released)
        {
            return apart is not null ? (JournalOutcome.Completed, apart.Code, apart.Sentence)
                : (JournalOutcome.Completed, JournalCode.None, summary.Operations > 0 ? null : EndedAssociations.NothingAsked(association.PresentationContexts, caller.Settings, services));
        }

        var broken = EndedAssociations.Broken(summary);
        return (JournalOutcome.Aborted, broken.Code, apart is null ? broken.Sentence : $"{broken.Sentence} {apart.Sentence}");
    }

    private static AdmissionDecision.Refused Refusal(Explanation why, Guid? facilityId) => new(why.Code, why.Sentence, facilityId);

    /// <summary>What comes in by the shared door counts there and at its facility.</summary>
    private void ForEachDoor(AdmittedCaller caller, Action<Door> count)
    {
        count(door);
        if (door.IsShared)
            count(Door.Of(caller.Scope.FacilityId));
    }

    private static AssociationCall CallOf(Association association) =>
        new(association.CallingAETitle, association.CalledAETitle, association.Peer.RemoteEndPoint.Address);
}
