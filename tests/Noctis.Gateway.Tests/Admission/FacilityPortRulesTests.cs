using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Admission;
using static Noctis.Gateway.Tests.Admission.Directories;

namespace Noctis.Gateway.Tests.Admission;

public sealed class FacilityPortRulesTests
{
    private readonly FacilityPortRules _rules = new("NOCTIS_SERVER");

    [Theory]
    [InlineData("CENTRALHOSP1A2B", "CENTRALHOSP1A2B")]
    [InlineData("CENTRALHOSP1A2B", "NOCTIS_SERVER")]
    [InlineData(" CENTRALHOSP1A2B", "CENTRALHOSP1A2B ")]
    public void Decide_FacilitysOwnTitle_IsAdmitted(string calling, string called)
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(Decide(Call(calling, called)));

        Assert.Equal(Central.Id, admitted.Facility.Id);
        Assert.Null(admitted.DeviceId);
    }

    [Theory]
    [InlineData("CT1", "10.0.0.9", 1)]
    [InlineData("MR1", "10.0.0.7", 2)]
    [InlineData("MR1", "::ffff:10.0.0.7", 2)]
    public void Decide_ActiveDevice_IsAdmittedAsThatDevice(string calling, string address, long device)
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(
            Decide(new AssociationCall(calling, "CENTRALHOSP1A2B", IPAddress.Parse(address))));

        Assert.Equal(device, admitted.DeviceId);
    }

    [Fact]
    public void Decide_DeviceExpectedAtAHostName_IsAdmittedOnceTheNameIsChecked()
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(Decide(Call("DX1", "CENTRALHOSP1A2B")));

        Assert.Equal("dx1.central.example", admitted.ExpectedHost);
    }

    [Theory]
    [InlineData("CT1", "ORTHANC", JournalCode.CalledTitleWrong, "You called ORTHANC; this port is CENTRALHOSP1A2B.")]
    [InlineData("CT1", "", JournalCode.CalledTitleWrong, "You called (an empty title); this port is CENTRALHOSP1A2B.")]
    [InlineData("CT1", "CentralHosp1A2B", JournalCode.CalledTitleCaseDiffers, "Only upper and lower case differ")]
    [InlineData("CT1", "noctis_server", JournalCode.CalledTitleCaseDiffers, "this port is NOCTIS_SERVER.")]
    [InlineData("CENTRALHOSP1A2B", "CT1", JournalCode.TitlesSwapped, "the titles are swapped")]
    [InlineData("CT9", "CENTRALHOSP1A2B", JournalCode.CallingTitleUnknown, "CT9 at 10.0.0.9 is not registered here.")]
    [InlineData("", "CENTRALHOSP1A2B", JournalCode.CallingTitleUnknown, "(an empty title) at 10.0.0.9")]
    [InlineData("ct1", "CENTRALHOSP1A2B", JournalCode.CallingTitleCaseDiffers, "ct1 is not registered here, but CT1 is.")]
    [InlineData("centralhosp1a2b", "CENTRALHOSP1A2B", JournalCode.CallingTitleCaseDiffers, "but CENTRALHOSP1A2B is.")]
    [InlineData("OLD1", "CENTRALHOSP1A2B", JournalCode.DeviceInactive, "OLD1 is registered, but switched off.")]
    [InlineData("MR1", "CENTRALHOSP1A2B", JournalCode.AddressUnexpected, "MR1 called from 10.0.0.9; it is registered with the address 10.0.0.7.")]
    public void Decide_WrongCaller_IsRefusedWithASentenceForTheFacility(string calling, string called, JournalCode code, string sentence)
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide(Call(calling, called)));

        Assert.Equal(code, refused.Code);
        Assert.Equal(Central.Id, refused.FacilityId);
        Assert.Contains(sentence, refused.Explanation, StringComparison.Ordinal);
        Assert.Null(refused.AdministratorNote);
    }

    [Fact]
    public void Decide_AnotherFacilitysTitle_TellsTheOwnerOfThePortNothingOfTheOther()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide(Call("CT1", North.AETitle)));
        var stranger = Assert.IsType<AdmissionDecision.Refused>(Decide(Call("CT1", "ORTHANC")));

        Assert.Equal(stranger.Explanation.Replace("ORTHANC", North.AETitle, StringComparison.Ordinal), refused.Explanation);
        Assert.Contains("North Clinic's, whose port is 11114", refused.AdministratorNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AnotherFacilitysDevice_TellsTheOwnerOfThePortNothingOfTheOther()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide(Call("US7", "CENTRALHOSP1A2B")));

        Assert.DoesNotContain("North", refused.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("11114", refused.Explanation, StringComparison.Ordinal);
        Assert.Contains("known at North Clinic (port 11114)", refused.AdministratorNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FacilityState.Suspended, "is suspended", true)]
    [InlineData(FacilityState.Archived, "is archived", true)]
    [InlineData(FacilityState.Deleting, "is being deleted", false)]
    public void Decide_FacilityNotActive_IsRefusedWithItsState(FacilityState state, string sentence, bool forTheFacility)
    {
        var directory = new FacilityDirectory([Central with { State = state }]);

        var refused = Assert.IsType<AdmissionDecision.Refused>(
            _rules.Decide(Central.Id, Call(Central.AETitle, Central.AETitle), directory));

        Assert.Equal(JournalCode.FacilityNotActive, refused.Code);
        Assert.Contains(sentence, refused.Explanation, StringComparison.Ordinal);
        Assert.Equal(forTheFacility, refused.FacilityId == Central.Id);
    }

    [Fact]
    public void Decide_FacilityGone_IsRefusedAndBelongsToNoFacility()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(
            _rules.Decide(Guid.NewGuid(), Call("CT1", "CENTRALHOSP1A2B"), All));

        Assert.Null(refused.FacilityId);
    }

    private AdmissionDecision Decide(AssociationCall call) => _rules.Decide(Central.Id, call, All);
}
