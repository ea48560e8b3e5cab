using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>Decides who may associate. Called for many connections at once: thread safe.</summary>
public interface IAssociationAdmission
{
    /// <summary>
    /// Decides on a request that the upper layer itself finds no fault with. An exception rejects it as temporarily congested
    /// and is logged as our own error.
    /// </summary>
    /// <param name="request">
    /// The request. Who the user is stands in its <see cref="UserInformation.UserIdentity"/>: see <see cref="AssociationDecision.AcceptUser"/>.
    /// </param>
    /// <param name="peer">Where it comes from, and over TLS by which certificate.</param>
    /// <param name="cancellationToken">Cancelled when the peer has gone or the listener stops.</param>
    ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken);
}
