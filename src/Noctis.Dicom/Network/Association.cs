using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>An association that was accepted: who, from where, and what was agreed. Immutable; safe on any thread.</summary>
public sealed class Association
{
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

    /// <summary>When the connection was made.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>What <see cref="IAssociationAdmission"/> left here.</summary>
    public object? State { get; init; }

    /// <summary>How to send data under the peer's maximum length.</summary>
    internal PDataFraming Framing { get; init; }

    /// <summary>The AE titles: "MODALITY1 to CENTRALHOSP1A2B".</summary>
    public override string ToString() => $"{UpperLayerText.Printable(CallingAETitle)} to {UpperLayerText.Printable(CalledAETitle)}";
}
