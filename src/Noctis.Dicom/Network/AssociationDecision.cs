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

    /// <summary>Admitted.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>Admits the requestor.</summary>
    /// <param name="state">Whatever the application wants to find again at <see cref="Association.State"/>.</param>
    public static AssociationDecision Accept(object? state = null) => new(state, null);

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
        new(null, new AssociateRejection(result, reason, explanation));
}
