using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Whose association it is: made by admission, kept with the association, and the only place from which its services take
/// the facility. Counts what arrives in it; written by the association's own loop alone.
/// </summary>
internal sealed class AdmittedCaller(Guid facilityId, long? deviceId, Door door)
{
    public static AdmittedCaller Of(Association association) => (AdmittedCaller)association.State!;

    public FacilityScope Scope { get; } = FacilityScope.ForListener(facilityId);

    public long? DeviceId => deviceId;

    public Door Door => door;

    /// <summary>Noctis itself, looking whether the door is alive: it counts nowhere, and what it stores is not kept.</summary>
    public bool IsSelfTest { get; init; }

    /// <summary>The facility's settings as they were when it was admitted: by these it was negotiated.</summary>
    public FacilitySettings Settings { get; init; } = FacilitySettings.Default;

    /// <summary>Under which the journal has its rows; drawn when the association is accepted.</summary>
    public long AssociationId { get; set; }

    /// <summary>The device is not registered: what it sends is set apart, and counts nowhere.</summary>
    public bool IsQuarantined { get; init; }

    public int Images { get; set; }

    /// <summary>Why the archive did not take the object of the operation that is being answered; null when it did, or was not asked.</summary>
    public IngestError? Refusal { get; set; }
}
