using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Journal;

public sealed class RefusalAdvisorTests
{
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    private const string Jpeg2000 = "1.2.840.10008.1.2.4.90";
    private const string Verification = "1.2.840.10008.1.1";

    private static readonly CurrentFacility Managed = new(FacilityScope.ForJob(Guid.NewGuid(), "test"), "A", "A1", 11113, FacilityState.Active);
    private static readonly CurrentFacility OfStaff = new(FacilityScope.ForListener(Guid.NewGuid()), "A", "A1", 11113, FacilityState.Active);

    [Theory]
    [InlineData(JournalCode.CallingTitleUnknown, new[] { FixKind.RegisterDevice, FixKind.RegisterDeviceAnywhere })]
    [InlineData(JournalCode.CallingTitleCaseDiffers, new[] { FixKind.RegisterDevice, FixKind.RegisterDeviceAnywhere, FixKind.IgnoreCase })]
    [InlineData(JournalCode.CallingTitleSpacingDiffers, new[] { FixKind.RegisterDevice, FixKind.RegisterDeviceAnywhere })]
    [InlineData(JournalCode.CalledTitleCaseDiffers, new[] { FixKind.IgnoreCase })]
    [InlineData(JournalCode.CalledTitleWrong, new FixKind[0])]
    public void Find_StillRefused_OffersWhatEndsIt(JournalCode code, FixKind[] expected) =>
        Assert.Equal(expected, Find(code).Fixes.Select(fix => fix.Kind));

    [Fact]
    public void Find_RegisteredSince_IsSettled() =>
        Assert.Equal("CT-1 is registered now.", Find(JournalCode.CallingTitleUnknown, Facts(Device())).Settled);

    [Theory]
    [InlineData(JournalCode.Quarantined)]
    [InlineData(JournalCode.QuarantineFull)]
    public void Find_Quarantined_LeadsToItsImagesAndRegistersTheDevice(JournalCode code)
    {
        var advice = Find(code);
        var registered = Find(code, Facts(Device()));
        var toStaff = RefusalAdvisor.Find(OfStaff, Refused(code), Facts());

        Assert.Equal([FixKind.RegisterDevice, FixKind.RegisterDeviceAnywhere], advice.Fixes.Select(fix => fix.Kind));
        Assert.Equal(("Review in quarantine", Managed.Href("quarantine")), (advice.LinkText, advice.LinkHref));
        // What came before it was registered waits all the same.
        Assert.Equal(("CT-1 is registered now.", Managed.Href("quarantine")), (registered.Settled, registered.LinkHref));
        Assert.Empty(registered.Fixes);
        Assert.Equal((0, null), (toStaff.Fixes.Count, toStaff.LinkHref));
        Assert.NotNull(toStaff.Note);
    }

    [Fact]
    public void Find_InactiveDevice_IsSwitchedOnAndThenSettled()
    {
        Assert.Equal(FixKind.SwitchDeviceOn, Assert.Single(Find(JournalCode.DeviceInactive, Facts(Device(isActive: false))).Fixes).Kind);
        Assert.NotNull(Find(JournalCode.DeviceInactive, Facts(Device())).Settled);
        Assert.Equal(FixKind.RegisterDevice, Find(JournalCode.DeviceInactive).Fixes[0].Kind);
    }

    [Fact]
    public void Find_AddressUnexpected_TakesTheNewOneAndThenIsSettled()
    {
        Assert.Equal([FixKind.TakeAddress, FixKind.TakeAnyAddress], Find(JournalCode.AddressUnexpected, Facts(Device("192.0.2.1"))).Fixes.Select(fix => fix.Kind));
        Assert.NotNull(Find(JournalCode.AddressUnexpected, Facts(Device("192.0.2.7"))).Settled);
        Assert.NotNull(Find(JournalCode.AddressUnexpected, Facts(Device())).Settled);
    }

    [Theory]
    [InlineData("198.51.100.0/24", false)]
    [InlineData("192.0.2.0/28", true)]
    public void Find_NetworkNotAllowed_IsSettledOnceANetworkHoldsIt(string network, bool isSettled)
    {
        var settings = FacilitySettings.Default with { Access = new AccessSettings { AllowedNetworks = [network] } };

        var advice = Find(JournalCode.NetworkNotAllowed, new FixFacts([], settings));

        Assert.Equal(isSettled, advice.Settled is not null);
        Assert.Equal(isSettled ? 0 : 1, advice.Fixes.Count);
    }

    [Fact]
    public void Find_ContextsSwitchedOff_NamesThemAndSwitchesThemOn()
    {
        var settings = FacilitySettings.Default with
        {
            SopClasses = FacilitySettings.Default.SopClasses.With(SopClassGroup.ComputedTomography, isTaken: false),
            TransferSyntaxes = new TransferSyntaxSettings { Off = [Jpeg2000] },
        };
        var refusal = Refused(JournalCode.NoPresentationContext) with
        {
            Details = new AssociationDetails { Contexts = [new NegotiatedContext { Id = 1, AbstractSyntax = Ct, Proposed = [Jpeg2000], Result = 3 }] }.ToJson(),
        };

        var fix = Assert.Single(RefusalAdvisor.Find(Managed, refusal, new FixFacts([], settings)).Fixes);
        var after = ProposedContexts.Find(refusal, settings).SwitchOn(settings);

        Assert.Equal(FixKind.TakeWhatIsProposed, fix.Kind);
        Assert.Contains("CT Image Storage", fix.Sentence, StringComparison.Ordinal);
        Assert.True(after.SopClasses.Takes(Ct) && after.TransferSyntaxes.Takes(Jpeg2000));
        Assert.Equal((0, "What it proposed is taken now."), (RefusalAdvisor.Find(Managed, refusal, new FixFacts([], after)).Fixes.Count, RefusalAdvisor.Find(Managed, refusal, new FixFacts([], after)).Settled));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1", Jpeg2000)]
    [InlineData(Ct, "1.2.3.4")]
    public void Find_ContextsThatNoSettingLetsIn_AreNotCalledTaken(string sopClass, string syntax)
    {
        var refusal = Refused(JournalCode.NoPresentationContext) with
        {
            Details = new AssociationDetails { Contexts = [new NegotiatedContext { Id = 1, AbstractSyntax = sopClass, Proposed = [syntax], Result = 4 }] }.ToJson(),
        };

        var advice = RefusalAdvisor.Find(Managed, refusal, Facts());

        Assert.Equal((0, null), (advice.Fixes.Count, advice.Settled));
        Assert.Contains("in another way", advice.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JournalKind.Find)]
    [InlineData(JournalKind.Store)]
    public void Find_OperationThatNoContextOffers_IsNoMatterOfSopClasses(JournalKind kind)
    {
        var advice = RefusalAdvisor.Find(Managed, Refused(JournalCode.NoPresentationContext) with { Kind = kind, SOPClassUID = Ct }, Facts());

        Assert.Equal((0, null, null), (advice.Fixes.Count, advice.LinkHref, advice.Settled));
        Assert.Contains("another system", advice.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 association may run at a time.")]
    [InlineData(1000, "1,000 associations may run at a time.")]
    public void Find_LimitReached_SaysTheLimitInGoodEnglish(int most, string sentence)
    {
        var settings = FacilitySettings.Default with { Network = new NetworkSettings { MaxAssociations = most } };

        Assert.StartsWith(sentence, RefusalAdvisor.Find(Managed, Refused(JournalCode.LimitReached), new FixFacts([], settings)).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_EchoSwitchedOff_SwitchesItOn()
    {
        var settings = FacilitySettings.Default with { Services = new ServiceSettings { Off = ["C-ECHO"] } };
        var refusal = Refused(JournalCode.NoPresentationContext) with
        {
            Details = new AssociationDetails { Contexts = [new NegotiatedContext { Id = 1, AbstractSyntax = Verification, Proposed = ["1.2.840.10008.1.2"], Result = 3 }] }.ToJson(),
        };

        Assert.Equal("Switch C-ECHO on", Assert.Single(RefusalAdvisor.Find(Managed, refusal, new FixFacts([], settings)).Fixes).Label);
        Assert.True(ProposedContexts.Find(refusal, settings).SwitchOn(settings).Services.Offers("C-ECHO"));
    }

    [Theory]
    [InlineData(JournalCode.CallingTitleUnknown)]
    [InlineData(JournalCode.CallingTitleCaseDiffers)]
    public void Find_Staff_IsToldWhoCan(JournalCode code)
    {
        var advice = RefusalAdvisor.Find(OfStaff, Refused(code), Facts());

        Assert.Empty(advice.Fixes);
        Assert.Contains("manager", advice.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TitleThatCannotBeOne_SaysWhy()
    {
        var advice = RefusalAdvisor.Find(Managed, Refused(JournalCode.CallingTitleUnknown) with { CallingAETitle = "CT\\1" }, Facts());

        Assert.Empty(advice.Fixes);
        Assert.Contains("backslash", advice.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AnyCode_SaysSomethingOrNothingButDoesNotFail() =>
        Assert.All(Enum.GetValues<JournalCode>(), code => Assert.NotNull(Find(code)));

    private static RefusalAdvice Find(JournalCode code, FixFacts? facts = null) => RefusalAdvisor.Find(Managed, Refused(code), facts ?? Facts());

    private static Refusal Refused(JournalCode code) => new(code, JournalKind.Association, "CT-1", "192.0.2.7");

    private static FixFacts Facts(params Device[] devices) => new(devices, FacilitySettings.Default);

    private static Device Device(string? address = null, bool isActive = true) => new() { Id = 7, AETitle = "CT-1", ExpectedAddress = address, IsActive = isActive };
}
