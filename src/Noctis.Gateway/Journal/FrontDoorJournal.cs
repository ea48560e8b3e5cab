using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Journal;

/// <summary>
/// Makes journal rows out of what happens at the doors: a facility's where one is concerned, the administrator's where none
/// is or where the explanation tells of more than one.
/// </summary>
internal sealed class FrontDoorJournal(JournalWriter writer, RepeatedCalls repeats, CurrentDirectory directory, IdGenerator ids, TimeProvider time)
{
    /// <summary>Somebody who tries again and again sees each attempt; what comes faster than anybody tries is counted.</summary>
    private const int RefusalsAMinute = 20;

    /// <summary>An id for an association that begins; see <see cref="JournalEntry.AssociationId"/>.</summary>
    public long DrawAssociationId() => ids.Next();

    /// <param name="call">Who called.</param>
    /// <param name="localPort">Where.</param>
    /// <param name="refusal">Why not.</param>
    /// <param name="asked">What was asked for.</param>
    /// <returns>The id of the facility's row; null when it was counted, or is the administrator's alone.</returns>
    public long? Refused(AssociationCall call, int localPort, AdmissionDecision.Refused refusal, AssociationDetails asked)
    {
        long? row = null;
        if (refusal.FacilityId is { } facilityId)
            row = WriteRefusal(facilityId, call, localPort, new JournalFacts(JournalKind.Association, JournalOutcome.Refused, refusal.Code, refusal.Explanation) { Details = asked });

        if (refusal.AdministratorNote is { } note)
            WriteForAdministrator(call, localPort, refusal.Code, note, asked, terms: note);
        else if (refusal.FacilityId is null)
            WriteForAdministrator(call, localPort, refusal.Code, refusal.Explanation, asked, terms: refusal.Explanation);
        return row;
    }

    private long? WriteRefusal(Guid facilityId, AssociationCall call, int localPort, JournalFacts facts)
    {
        var kind = new RepeatedCalls.Kind(
            facilityId, localPort, call.Address.ToString(), facts.Code, AETitle.Clean(call.CallingAETitle), AETitle.Clean(call.CalledAETitle), Terms: facts.Reason);
        return repeats.IsFirst(kind, facts.Reason!, sentence => Write(facilityId, call, localPort, facts with { Reason = sentence }), RefusalsAMinute)
            ? Write(facilityId, call, localPort, facts)
            : null;
    }

    /// <summary>Writes a row, unless the facility's settings leave out what ended as it should and needs nobody.</summary>
    /// <returns>The id of the row.</returns>
    public long Write(Guid facilityId, AssociationCall call, int localPort, JournalFacts facts)
    {
        var id = ids.Next();
        if (IsKept(facilityId, facts.Kind, facts.Outcome, facts.Code))
            writer.Write(EntryOf(id, facilityId, call, localPort, facts));
        return id;
    }

    /// <summary>
    /// A connection that came to nothing before it said who it is. Anybody can make them by the thousand, so like ones are counted in one row.
    /// </summary>
    /// <returns>The id of the facility's row; null when it was counted, or is the administrator's.</returns>
    public long? WriteOdd(Guid? facilityId, AssociationCall call, int localPort, JournalFacts facts)
    {
        if (facilityId is not { } id)
        {
            WriteForAdministrator(call, localPort, facts.Code, facts.Reason!);
            return null;
        }

        // Not the sentence: it may count the bytes that came, which is the caller's choice.
        var kind = new RepeatedCalls.Kind(id, localPort, call.Address.ToString(), facts.Code, "", "", directory.Value.Find(id)?.Settings);
        return repeats.IsFirst(kind, facts.Reason!, sentence => Write(id, call, localPort, facts with { Reason = sentence, Bytes = 0, Duration = TimeSpan.Zero }))
            ? Write(id, call, localPort, facts)
            : null;
    }

    /// <summary>What is negotiated, for the row of an association that is kept; null for one that is not, which spares putting it together.</summary>
    public AssociationDetails? DetailsOf(Guid facilityId, Association association, JournalOutcome outcome, JournalCode code) =>
        IsKept(facilityId, JournalKind.Association, outcome, code) ? NegotiationDetails.Of(association) : null;

    /// <summary>Whatever has a cause waits for somebody, and is written whatever the settings say: refusals, failures, and what is in quarantine.</summary>
    private bool IsKept(Guid facilityId, JournalKind kind, JournalOutcome outcome, JournalCode code) =>
        outcome != JournalOutcome.Completed || code != JournalCode.None || directory.Value.Find(facilityId) is not { Settings.Logging: var logging }
        || (logging.Level == LoggingLevel.All && (kind == JournalKind.Association ? logging.Connections : logging.Files));

    private JournalEntry EntryOf(long id, Guid facilityId, AssociationCall call, int localPort, JournalFacts facts) => new()
    {
        Id = id,
        FacilityId = facilityId,
        AssociationId = facts.AssociationId ?? id,
        TimeUtc = time.GetUtcNow().UtcDateTime,
        Kind = facts.Kind,
        Outcome = facts.Outcome,
        Code = facts.Code,
        RemoteAddress = call.Address.ToString(),
        CallingAETitle = AETitle.Clean(call.CallingAETitle),
        CalledAETitle = AETitle.Clean(call.CalledAETitle),
        LocalPort = localPort,
        DeviceId = facts.DeviceId,
        Images = facts.Images,
        Bytes = facts.Bytes,
        DurationMs = (long)facts.Duration.TotalMilliseconds,
        Status = facts.Status,
        SOPClassUID = JournalText.Fit(facts.SOPClassUID, JournalEntry.UidLength),
        SOPInstanceUID = JournalText.Fit(facts.SOPInstanceUID, JournalEntry.UidLength),
        TransferSyntaxUID = JournalText.Fit(facts.TransferSyntaxUID, JournalEntry.UidLength),
        Reason = JournalText.Fit(facts.Reason, JournalEntry.ReasonLength),
        Details = facts.Details?.ToJson(),
    };

    /// <summary>What is no facility's comes from strangers: like calls are counted in one row.</summary>
    private void WriteForAdministrator(AssociationCall call, int localPort, JournalCode code, string reason, AssociationDetails? asked = null, object? terms = null)
    {
        var kind = new RepeatedCalls.Kind(null, localPort, call.Address.ToString(), code, AETitle.Clean(call.CallingAETitle), AETitle.Clean(call.CalledAETitle), terms);
        if (repeats.IsFirst(kind, reason, sentence => Add(call, localPort, code, sentence)))
            Add(call, localPort, code, reason, asked);
    }

    private void Add(AssociationCall call, int localPort, JournalCode code, string reason, AssociationDetails? asked = null) => writer.Write(new FrontDoorEntry
    {
        Id = ids.Next(),
        TimeUtc = time.GetUtcNow().UtcDateTime,
        Code = code,
        RemoteAddress = call.Address.ToString(),
        CallingAETitle = AETitle.Clean(call.CallingAETitle),
        CalledAETitle = AETitle.Clean(call.CalledAETitle),
        LocalPort = localPort,
        Reason = JournalText.Fit(reason, JournalEntry.ReasonLength)!,
        Details = asked?.ToJson(),
    });

    /// <summary>A device is seen when it is let in, not when it leaves: some hold an association all day.</summary>
    public void Seen(long deviceId, AssociationCall call) =>
        writer.Seen(deviceId, time.GetUtcNow().UtcDateTime, call.Address.ToString());
}
