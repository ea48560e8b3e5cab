using Noctis.Archive.Journal;

namespace Noctis.Gateway.Admission;

/// <summary>The outcome of admission: <see cref="Admitted"/> or <see cref="Refused"/>.</summary>
public abstract record AdmissionDecision
{
    private AdmissionDecision()
    {
    }

    /// <param name="Facility">Whose association it is; everything it does is in this facility's scope.</param>
    /// <param name="DeviceId">The registered device that calls; null when it uses the facility's own title.</param>
    /// <param name="ExpectedHost">
    /// The host name the device must call from, still to be resolved and compared: rules ask no name server. Null when there is nothing to check.
    /// </param>
    public sealed record Admitted(GatewayFacility Facility, long? DeviceId, string? ExpectedHost = null) : AdmissionDecision
    {
        /// <summary>The device is not registered: what it sends is set apart.</summary>
        public bool IsQuarantined { get; init; }

        /// <summary>The association's place among those of the facility, taken once everything else was found good.</summary>
        internal IDisposable? Place { get; init; }
    }

    /// <param name="Code">What was wrong; decides result, source and reason on the wire.</param>
    /// <param name="Explanation">
    /// A sentence for the engineer at the scanner. Where <paramref name="FacilityId"/> is set, people of that facility
    /// read it: it holds nothing but what the caller sent and what is theirs.
    /// </param>
    /// <param name="FacilityId">Whose journal the refusal belongs to; null for no facility's: the administrator's.</param>
    /// <param name="AdministratorNote">
    /// The same told to an administrator, who may know more, such as that the called title is another facility's: it stands alone. Null when
    /// there is nothing to add.
    /// </param>
    public sealed record Refused(JournalCode Code, string Explanation, Guid? FacilityId, string? AdministratorNote = null)
        : AdmissionDecision;
}
