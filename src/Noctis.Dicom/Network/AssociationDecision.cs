using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>What <see cref="IAssociationAdmission"/> decides. Immutable.</summary>
public sealed class AssociationDecision
{
    private AssociationDecision(object? state, AssociateRejection? rejection, UserIdentityAc? userIdentityResponse = null)
    {
        State = state;
        Rejection = rejection;
        UserIdentityResponse = userIdentityResponse;
    }

    /// <summary>Why not; null when admitted.</summary>
    public AssociateRejection? Rejection { get; }

    /// <summary>Whatever the application wants to find again at <see cref="Association.State"/>.</summary>
    public object? State { get; }

    /// <summary>The answer to the requestor's user identity; null when it was not looked at.</summary>
    public UserIdentityAc? UserIdentityResponse { get; }

    /// <summary>
    /// What is offered to this association in place of the listener's services, in negotiation and after; null for those. So one port can
    /// offer each caller something else.
    /// </summary>
    public DimseServices? Services { get; private init; }

    /// <summary>
    /// A place that admission holds for this association, disposed of once when it is free again: before the answer to a release, so that
    /// a peer which associates anew the moment it has it finds it free, or else when the association is over.
    /// </summary>
    public IDisposable? Place { get; private init; }

    /// <summary>Admitted.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>Admits the requestor.</summary>
    /// <param name="state">Whatever the application wants to find again at <see cref="Association.State"/>.</param>
    /// <param name="services">See <see cref="Services"/>.</param>
    /// <param name="place">See <see cref="Place"/>.</param>
    public static AssociationDecision Accept(object? state = null, DimseServices? services = null, IDisposable? place = null) =>
        new(state, null) { Services = services, Place = place };

    /// <summary>
    /// Admits the requestor, and its user as well, whose identity was checked and found good (PS3.7 D.3.3.7). The answer is sent
    /// only when the requestor asked for one; without this nothing is claimed.
    /// </summary>
    /// <param name="serverResponse">
    /// Empty for a user name, with a passcode or without; else the Kerberos server ticket, SAML response or JSON Web Token.
    /// </param>
    /// <param name="state">Whatever the application wants to find again at <see cref="Association.State"/>.</param>
    public static AssociationDecision AcceptUser(ReadOnlyMemory<byte> serverResponse = default, object? state = null) =>
        new(state, null, new UserIdentityAc(serverResponse));

    /// <summary>Refuses the requestor.</summary>
    /// <param name="result">Whether trying again can help.</param>
    /// <param name="reason">The reason, which implies the source (PS3.8 9.3.4, Table 9-21).</param>
    /// <param name="explanation">Plain words for log and journal; not sent.</param>
    public static AssociationDecision Reject(AssociateRejectResult result, AssociateRejectReason reason, string explanation) =>
        Reject(new AssociateRejection(result, reason, explanation));

    /// <summary>Refuses the requestor.</summary>
    /// <param name="rejection">Why.</param>
    public static AssociationDecision Reject(AssociateRejection rejection) => new(null, rejection);
}
