using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>Admits every requestor: for tools and tests.</summary>
public sealed class AdmitEveryone : IAssociationAdmission
{
    /// <summary>The one there is.</summary>
    public static AdmitEveryone Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AssociationDecision.Accept());
}
