using System.Net;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Gateway.Admission;
using static Noctis.Gateway.Tests.Admission.Directories;

namespace Noctis.Gateway.Tests.Admission;

/// <summary>What each access setting changes, at a facility's own port and at the shared door.</summary>
public sealed class AccessSettingsRulesTests
{
    private const string Server = "NOCTIS_SERVER";

    [Theory]
    [InlineData(true, "ORTHANC", JournalCode.CalledTitleWrong)]
    [InlineData(false, "ORTHANC", null)]
    [InlineData(false, "", null)]
    public void CalledTitle_IsCheckedOrNot(bool checks, string called, JournalCode? code) =>
        Assert.Equal(code, AtPort(new AccessSettings { ChecksCalledAETitle = checks }, Call("CT1", called)));

    [Theory]
    [InlineData(true, "NOBODY", JournalCode.CallingTitleUnknown)]
    [InlineData(false, "NOBODY", null)]
    [InlineData(false, "", null)]
    [InlineData(false, "OLD1", JournalCode.DeviceInactive)]
    [InlineData(false, "MR1", JournalCode.AddressUnexpected)]
    public void CallingTitle_IsCheckedOrNot(bool checks, string calling, JournalCode? code) =>
        Assert.Equal(code, AtPort(new AccessSettings { ChecksCallingAETitle = checks }, Call(calling, Central.AETitle)));

    [Fact]
    public void CallingTitle_NotChecked_AdmitsAStrangerAsTheFacilitysAndADeviceAsItself()
    {
        var central = Central with { Settings = With(new AccessSettings { ChecksCallingAETitle = false }) };
        var rules = new FacilityPortRules(Server);
        var directory = new FacilityDirectory([central]);

        Assert.Null(Assert.IsType<AdmissionDecision.Admitted>(rules.Decide(central.Id, Call("NOBODY", central.AETitle), directory)).DeviceId);
        Assert.Equal(1, Assert.IsType<AdmissionDecision.Admitted>(rules.Decide(central.Id, Call("CT1", central.AETitle), directory)).DeviceId);
    }

    [Theory]
    [InlineData("ct1", "CENTRALHOSP1A2B")]
    [InlineData("CT1", "CentralHosp1a2b")]
    [InlineData("CT1", "noctis_Server")]
    [InlineData("centralhosp1a2b", "CENTRALHOSP1A2B")]
    public void Case_IsNoMatter_WhereTheFacilitySaysSo(string calling, string called)
    {
        Assert.Null(AtPort(new AccessSettings { IsCaseSensitive = false }, Call(calling, called)));
        Assert.NotNull(AtPort(new AccessSettings(), Call(calling, called)));
    }

    [Fact]
    public void Case_TwoDevicesDifferInNothingElse_TheOneSpeltAsCalledIsMeant()
    {
        var central = Central with
        {
            Devices = [new GatewayDevice(1, "ct1", null, IsActive: true), new GatewayDevice(2, "CT1", null, IsActive: true), new GatewayDevice(3, "Ct1", null, IsActive: false)],
            Settings = With(new AccessSettings { IsCaseSensitive = false }),
        };

        Assert.Equal(2, central.FindDevice("CT1")?.Id);
        Assert.Equal(3, central.FindDevice("Ct1")?.Id);
        Assert.True(central.FindDevice("cT1")?.IsActive);
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "192.0.3.7", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.7", false)]
    [InlineData("2001:db8:1::/48", "2001:db8:1:2::3", true)]
    [InlineData("2001:db8:1::/48", "2001:db8:2::3", false)]
    [InlineData("not a network", "192.0.2.7", false)]
    public void Network_HoldsTheAddressOrNot(string network, string address, bool isHeld)
    {
        var call = new AssociationCall("CT1", Central.AETitle, IPAddress.Parse(address));

        Assert.Equal(isHeld ? null : JournalCode.NetworkNotAllowed, AtPort(new AccessSettings { AllowedNetworks = [network] }, call));
    }

    [Fact]
    public void Network_IsLookedAtBeforeTheTitles()
    {
        var call = new AssociationCall("NOBODY", "ORTHANC", IPAddress.Parse("203.0.113.1"));

        Assert.Equal(JournalCode.NetworkNotAllowed, AtPort(new AccessSettings { AllowedNetworks = ["192.0.2.0/24"] }, call));
    }

    [Fact]
    public void Network_NotAllowed_IsExplainedWithTheNetworksThatAre()
    {
        var central = Central with { Settings = With(new AccessSettings { AllowedNetworks = ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"] }) };

        var refused = Assert.IsType<AdmissionDecision.Refused>(
            new FacilityPortRules(Server).Decide(central.Id, Call("CT1", central.AETitle), new FacilityDirectory([central])));

        Assert.Equal(
            "CT1 called from 10.0.0.9, which is in none of the networks that may call here (10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16 and 1 more). "
            + "If it belongs here, add its address to the allowed networks.",
            refused.Explanation);
    }

    [Fact]
    public void Networks_OfTheSameSettings_AreReadOnce()
    {
        var settings = new AccessSettings { AllowedNetworks = ["192.0.2.0/24"] };

        Assert.Same(AllowedNetworks.Of(settings), AllowedNetworks.Of(settings));
    }

    [Theory]
    [InlineData("CENTRAL HOSP1A2B", JournalCode.CalledTitleSpacingDiffers, "Only spaces, dashes or invisible characters differ")]
    [InlineData("CENTRALHOSP1A2\u00002B", JournalCode.CalledTitleWrong, "this port is CENTRALHOSP1A2B.")]
    [InlineData("CENTRALHOSP\t1A2B", JournalCode.CalledTitleSpacingDiffers, "You called CENTRALHOSP?1A2B")]
    [InlineData("NOCTIS-SERVER", JournalCode.CalledTitleSpacingDiffers, "this port is NOCTIS_SERVER.")]
    [InlineData("CENTRALHOSP1", JournalCode.CalledTitleWrong, "The end of the title is missing.")]
    [InlineData("---", JournalCode.CalledTitleWrong, "You called ---;")]
    public void CalledTitle_MissedByASlip_IsToldSo(string called, JournalCode code, string sentence)
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(new FacilityPortRules(Server).Decide(Central.Id, Call("CT1", called), All));

        Assert.Equal(code, refused.Code);
        Assert.Contains(sentence, refused.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CT-1")]
    [InlineData("CT 1")]
    [InlineData("CT1\u0001")]
    public void CallingTitle_DiffersInSpacing_IsToldSo(string calling)
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(new FacilityPortRules(Server).Decide(Central.Id, Call(calling, Central.AETitle), All));

        Assert.Equal(JournalCode.CallingTitleSpacingDiffers, refused.Code);
        Assert.Contains("is not registered here, but CT1 is. Only spaces", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void SharedDoor_CaseIsNoMatterToOneFacility_FindsItsDeviceAndItsOwnTitle()
    {
        var north = North with { Settings = With(new AccessSettings { IsCaseSensitive = false }) };
        var directory = new FacilityDirectory([Central, north]);

        Assert.Equal(4, Assert.IsType<AdmissionDecision.Admitted>(AtSharedDoor(Call("us7", "noctis_server"), directory)).DeviceId);
        Assert.Equal(north.Id, Assert.IsType<AdmissionDecision.Admitted>(AtSharedDoor(Call("NorthClinic3c4d", Server), directory)).Facility.Id);
    }

    [Fact]
    public void SharedDoor_TwoFacilitiesWouldTakeTheCaller_ChoosesNeither()
    {
        // Central has it letter by letter, North by its own rule: whose images they are is not for the door to guess.
        var central = Central with { Devices = [new GatewayDevice(1, "US1", null, IsActive: true)] };
        var north = North with { Devices = [new GatewayDevice(2, "us1", null, IsActive: true)], Settings = With(new AccessSettings { IsCaseSensitive = false }) };

        var refused = Assert.IsType<AdmissionDecision.Refused>(AtSharedDoor(Call("US1", Server), new FacilityDirectory([central, north])));
        var strict = Assert.IsType<AdmissionDecision.Admitted>(AtSharedDoor(Call("US1", Server), new FacilityDirectory([central, north with { Settings = FacilitySettings.Default }])));

        Assert.Equal((JournalCode.CallerAmbiguous, null), (refused.Code, refused.FacilityId));
        Assert.Equal(central.Id, strict.Facility.Id);
    }

    [Fact]
    public void SharedDoor_CallerDiffersInCaseAlone_IsTheAdministratorsToRead()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(AtSharedDoor(Call("us7", Server), All));

        Assert.Equal((JournalCode.CallingTitleCaseDiffers, null), (refused.Code, refused.FacilityId));
        Assert.Contains("In other letters it is known at North Clinic (port 11114).", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void SharedDoor_CalledTitleNotChecked_TakesAnyButAnotherFacilitys()
    {
        var north = North with { Settings = With(new AccessSettings { ChecksCalledAETitle = false }) };
        var directory = new FacilityDirectory([Central, north]);

        Assert.IsType<AdmissionDecision.Admitted>(AtSharedDoor(Call("US7", "ORTHANC"), directory));
        Assert.IsType<AdmissionDecision.Admitted>(AtSharedDoor(Call("US7", north.AETitle), directory));
        var refused = Assert.IsType<AdmissionDecision.Refused>(AtSharedDoor(Call("US7", Central.AETitle), directory));
        Assert.Equal((JournalCode.CalledTitleWrong, north.Id), (refused.Code, refused.FacilityId));
        Assert.DoesNotContain("Central Hospital", refused.Explanation, StringComparison.Ordinal);
        Assert.Contains("Central Hospital", refused.AdministratorNote, StringComparison.Ordinal);
    }

    [Fact]
    public void SharedDoor_NetworkOfTheFacilityNotAllowed_IsRefusedForIt()
    {
        var north = North with { Settings = With(new AccessSettings { AllowedNetworks = ["192.0.2.0/24"] }) };

        var refused = Assert.IsType<AdmissionDecision.Refused>(AtSharedDoor(Call("US7", Server), new FacilityDirectory([Central, north])));

        Assert.Equal((JournalCode.NetworkNotAllowed, north.Id), (refused.Code, refused.FacilityId));
    }

    [Fact]
    public void SharedDoor_CallingTitleNotChecked_StillTakesNoStranger()
    {
        var open = With(new AccessSettings { ChecksCallingAETitle = false });

        var refused = Assert.IsType<AdmissionDecision.Refused>(AtSharedDoor(Call("NOBODY", Server), new FacilityDirectory([Central with { Settings = open }])));

        Assert.Equal(JournalCode.CallingTitleUnknown, refused.Code);
    }

    private static FacilitySettings With(AccessSettings access) => FacilitySettings.Default with { Access = access };

    private static AdmissionDecision AtSharedDoor(AssociationCall call, FacilityDirectory directory) => new SharedDoorRules(Server, 11112).Decide(call, directory);

    private static JournalCode? AtPort(AccessSettings access, AssociationCall call)
    {
        var central = Central with { Settings = With(access) };
        var decision = new FacilityPortRules(Server).Decide(central.Id, call, new FacilityDirectory([central]));
        return (decision as AdmissionDecision.Refused)?.Code;
    }
}
