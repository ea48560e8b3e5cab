using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Facilities;

namespace Noctis.Portal.Tests.Facilities;

public sealed class RefusedCallerTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 14, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Find_SameCallerAndCause_IsOneWithTheNewestReason()
    {
        var found = Assert.Single(RefusedCaller.Find([Refusal(5, reason: "old"), Refusal(1, reason: "new"), Refusal(3, reason: "older")], [], Now));

        Assert.Equal((3, "new", Now.AddMinutes(-1)), (found.Count, found.Reason, found.LastUtc));
        Assert.True(found.CanBeAllowed);
        Assert.Equal("The last time: new", found.Text);
    }

    [Fact]
    public void Find_SameReasonEachTime_IsSaidAsItIs() =>
        Assert.Equal("same", Assert.Single(RefusedCaller.Find([Refusal(5, reason: "same"), Refusal(1, reason: "same")], [], Now)).Text);

    [Fact]
    public void Find_RegisteredSince_IsSettled() =>
        Assert.Empty(RefusedCaller.Find([Refusal(1)], [Device()], Now));

    [Fact]
    public void Find_LetInSince_IsSettled()
    {
        var refusals = new[] { Refusal(10, JournalCode.AddressUnexpected) };

        Assert.Empty(RefusedCaller.Find(refusals, [Device(seenMinutesAgo: 5)], Now));
        Assert.Single(RefusedCaller.Find(refusals, [Device(seenMinutesAgo: 15)], Now));
    }

    [Fact]
    public void Find_SwitchedOff_IsSettledOnceSwitchedOn()
    {
        var refusals = new[] { Refusal(1, JournalCode.DeviceInactive) };

        Assert.Equal(7, Assert.Single(RefusedCaller.Find(refusals, [Device(isActive: false)], Now)).DeviceId);
        Assert.Empty(RefusedCaller.Find(refusals, [Device()], Now));
    }

    [Fact]
    public void Find_ImagesRefusedAndDeviceSeenSince_IsNotSettled() =>
        Assert.Single(RefusedCaller.Find([Refusal(10, JournalCode.ObjectInvalid, JournalKind.Store)], [Device(seenMinutesAgo: 1)], Now));

    [Fact]
    public void Find_ImagesRefusedForSeveralReasons_IsOneForEachReason()
    {
        var found = RefusedCaller.Find(
            [
                Refusal(4, JournalCode.ObjectInvalid, JournalKind.Store, reason: "Study Instance UID is missing"),
                Refusal(3, JournalCode.ObjectInvalid, JournalKind.Store, reason: "SOP Class UID differs"),
                Refusal(2, JournalCode.ObjectInvalid, JournalKind.Store, reason: "Study Instance UID is missing"),
                Refusal(1, JournalCode.DuplicateRefused, JournalKind.Store, reason: "Stored already"),
            ], [], Now);

        Assert.Equal([(1, "Stored already"), (2, "Study Instance UID is missing"), (1, "SOP Class UID differs")], found.Select(caller => (caller.Count, caller.Reason)));
    }

    [Fact]
    public void Find_ImagesThatAreNoise_IsOneWithTheNewestReason()
    {
        var found = Assert.Single(RefusedCaller.Find(
            [.. Enumerable.Range(1, TroubleReasons.Most + 1).Select(i => Refusal(i, JournalCode.ObjectInvalid, JournalKind.Store, reason: $"Data set cannot be read, at {i}"))], [], Now));

        Assert.Equal((TroubleReasons.Most + 1, "Data set cannot be read, at 1"), (found.Count, found.Reason));
    }

    [Fact]
    public void Find_OlderThanTheWindow_IsHistory() =>
        Assert.Empty(RefusedCaller.Find([Refusal((int)RefusedCaller.Window.TotalMinutes + 1)], [], Now));

    [Fact]
    public void Find_FailuresOfOurs_AreNoRefusals() =>
        Assert.Empty(RefusedCaller.Find([Refusal(1, outcome: JournalOutcome.Failed)], [], Now));

    private static JournalEntry Refusal(
        int minutesAgo, JournalCode code = JournalCode.CallingTitleUnknown, JournalKind kind = JournalKind.Association,
        JournalOutcome outcome = JournalOutcome.Refused, string reason = "reason") => new()
        {
            TimeUtc = Now.AddMinutes(-minutesAgo),
            Kind = kind,
            Outcome = outcome,
            Code = code,
            RemoteAddress = "192.0.2.7",
            CallingAETitle = "MRI-3",
            CalledAETitle = "CENTRAL",
            Reason = reason,
        };

    private static Device Device(bool isActive = true, int? seenMinutesAgo = null) => new()
    {
        Id = 7,
        AETitle = "MRI-3",
        IsActive = isActive,
        LastSeenUtc = seenMinutesAgo is { } minutes ? Now.AddMinutes(-minutes) : null,
    };
}
