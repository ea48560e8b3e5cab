using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>Decides when a test says so.</summary>
internal sealed class SlowAdmission : IAssociationAdmission
{
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<AssociationDecision> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken)
    {
        Asked.SetResult();
        return await Answer.Task.WaitAsync(cancellationToken);
    }
}
