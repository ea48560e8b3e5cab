using System.Runtime.CompilerServices;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.Services;

namespace Noctis.Gateway.Admission;

/// <summary>Admission at one door: puts the rules' decision into the words of the network.</summary>
internal sealed class DoorAdmission(Door door, FrontDoor frontDoor, GatewayServices services) : IAssociationAdmission
{
    // What the network carries of a refusal is its codes; whoever observes it finds the rest here.
    private readonly ConditionalWeakTable<AssociateRejection, AdmissionDecision.Refused> _refusals = [];

    public async ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken)
    {
        var call = new AssociationCall(request.CallingAETitle, request.CalledAETitle, peer.RemoteEndPoint.Address);
        var decided = await frontDoor.DecideAsync(door, call, cancellationToken);
        if (decided is AdmissionDecision.Admitted admitted)
        {
            return AssociationDecision.Accept(
                new AdmittedCaller(admitted.Facility.Id, admitted.DeviceId, door) { Settings = admitted.Facility.Settings, IsQuarantined = admitted.IsQuarantined }, services.For(admitted.Facility.Settings), admitted.Place);
        }

        var refused = (AdmissionDecision.Refused)decided;
        var (result, reason) = RejectionCodes.For(refused.Code);
        var decision = AssociationDecision.Reject(result, reason, refused.Explanation);
        _refusals.Add(decision.Rejection!, refused);
        return decision;
    }

    /// <summary>Why a call was refused; null when it was turned away before the rules were asked.</summary>
    public AdmissionDecision.Refused? FindRefusal(AssociateRejection rejection) =>
        _refusals.TryGetValue(rejection, out var refused) ? refused : null;
}
