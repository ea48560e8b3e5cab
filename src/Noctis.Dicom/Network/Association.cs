using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>An association that was accepted: who, from where, and what was agreed. Immutable; safe on any thread.</summary>
public sealed class Association
{
    private static readonly AsynchronousOperationsWindow Synchronous = new(1, 1);

    internal Association()
    {
    }

    /// <summary>Identifies it in logs and journal; ids grow with time.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>We asked for it; else the peer did.</summary>
    public required bool IsRequestor { get; init; }

    /// <summary>The two ends of its connection.</summary>
    public required AssociationPeer Peer { get; init; }

    /// <summary>What was asked for.</summary>
    public required AAssociateRq Request { get; init; }

    /// <summary>What was answered.</summary>
    public required AAssociateAc Response { get; init; }

    /// <summary>The AE title that was called.</summary>
    public string CalledAETitle => Request.CalledAETitle;

    /// <summary>The AE title of the caller.</summary>
    public string CallingAETitle => Request.CallingAETitle;

    /// <summary>The presentation contexts, accepted or not.</summary>
    public required PresentationContextTable PresentationContexts { get; init; }

    /// <summary>
    /// Operations that may be outstanding, as agreed (PS3.7 D.3.3.3): one each way, unless the requestor asked for more and was answered.
    /// </summary>
    public AsynchronousOperationsWindow AsynchronousOperationsWindow =>
        Request.UserInformation.AsynchronousOperationsWindow is null
            ? Synchronous
            : Response.UserInformation.AsynchronousOperationsWindow ?? Synchronous;

    /// <summary>What the acceptor answered to the user's identity; null when it was not asked, or does not look at identities.</summary>
    public UserIdentityAc? UserIdentityResponse => Response.UserInformation.UserIdentityResponse;

    /// <summary>When the connection was made.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>What <see cref="IAssociationAdmission"/> left here.</summary>
    public object? State { get; init; }

    /// <summary>How to send data under the peer's maximum length.</summary>
    internal PDataFraming Framing { get; init; }

    /// <summary>The application information that the acceptor answered for a SOP class (PS3.7 D.3.3.5); null when it answered none.</summary>
    /// <param name="sopClassUid">UID of the SOP class.</param>
    public ReadOnlyMemory<byte>? FindExtendedNegotiation(string sopClassUid) =>
        Response.UserInformation.ExtendedNegotiations.FirstOrDefault(item => item.SopClassUid == sopClassUid)?.ApplicationInformation;

    /// <summary>The AE titles: "MODALITY1 to CENTRALHOSP1A2B".</summary>
    public override string ToString() => $"{UpperLayerText.Printable(CallingAETitle)} to {UpperLayerText.Printable(CalledAETitle)}";
}
