using Noctis.Archive.Journal;
using Noctis.Gateway.Admission;
using static Noctis.Gateway.Tests.Admission.Directories;

namespace Noctis.Gateway.Tests.Admission;

public sealed class SharedDoorRulesTests
{
    private readonly SharedDoorRules _rules = new("NOCTIS_SERVER", 11112);

    [Fact]
    public void Decide_FacilitysOwnTitle_GoesToThatFacilityThoughAnotherRegisteredItAsADevice()
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(Decide(Central.AETitle, "NOCTIS_SERVER"));

        Assert.Equal(Central.Id, admitted.Facility.Id);
        Assert.Null(admitted.DeviceId);
    }

    [Fact]
    public void Decide_DeviceOfOneFacility_GoesToThatFacility()
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(Decide("US7 ", " NOCTIS_SERVER"));

        Assert.Equal(North.Id, admitted.Facility.Id);
        Assert.Equal(4, admitted.DeviceId);
    }

    [Fact]
    public void Decide_DeviceActiveInOneAndInactiveInAnother_GoesToTheActiveOne()
    {
        var admitted = Assert.IsType<AdmissionDecision.Admitted>(Decide("OLD1", "NOCTIS_SERVER"));

        Assert.Equal(North.Id, admitted.Facility.Id);
    }

    [Fact]
    public void Decide_DeviceOfTwoFacilities_IsRefusedForTheAdministratorsEyes()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide("CT1", "NOCTIS_SERVER"));

        Assert.Equal(JournalCode.CallerAmbiguous, refused.Code);
        Assert.Null(refused.FacilityId);
        Assert.Contains("Central Hospital (port 11113) and North Clinic (port 11114)", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_UnknownCaller_IsRefusedForTheAdministratorsEyes()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide("WHO", "NOCTIS_SERVER"));

        Assert.Equal(JournalCode.CallingTitleUnknown, refused.Code);
        Assert.Null(refused.FacilityId);
    }

    [Theory]
    [InlineData("SOUTHWARD5E6F")]
    [InlineData("XA1")]
    public void Decide_SuspendedFacilitysCaller_IsRefusedWithThatReason(string calling)
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide(calling, "NOCTIS_SERVER"));

        Assert.Equal(JournalCode.FacilityNotActive, refused.Code);
        Assert.Equal(South.Id, refused.FacilityId);
    }

    [Fact]
    public void Decide_FacilityCallsItsOwnTitle_IsToldBothWays()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide("US7", North.AETitle));

        Assert.Equal(JournalCode.CalledTitleWrong, refused.Code);
        Assert.Equal(North.Id, refused.FacilityId);
        Assert.Contains("Call NOCTIS_SERVER here, or NORTHCLINIC3C4D on port 11114.", refused.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("US7", "ORTHANC", JournalCode.CalledTitleWrong)]
    [InlineData("US7", "Noctis_Server", JournalCode.CalledTitleCaseDiffers)]
    public void Decide_WrongCalledTitle_IsRefusedToTheCallersFacility(string calling, string called, JournalCode code)
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide(calling, called));

        Assert.Equal(code, refused.Code);
        Assert.Equal(North.Id, refused.FacilityId);
    }

    [Fact]
    public void Decide_AnotherFacilitysTitleCalled_IsNamedToTheAdministratorAlone()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide("US7", Central.AETitle));

        Assert.Equal(North.Id, refused.FacilityId);
        Assert.DoesNotContain("Central Hospital", refused.Explanation, StringComparison.Ordinal);
        Assert.Contains("Central Hospital's, whose port is 11113", refused.AdministratorNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WrongCalledTitleOfAnUnknownCaller_BelongsToNoFacility()
    {
        var refused = Assert.IsType<AdmissionDecision.Refused>(Decide("WHO", Central.AETitle));

        Assert.Null(refused.FacilityId);
        Assert.Matches(@"^WHO at \S+ called CENTRALHOSP1A2B on the shared door \(port \d+\), but that title is Central Hospital's, whose port is 11113: let it call NOCTIS_SERVER here, or CENTRALHOSP1A2B there\.$",
            refused.AdministratorNote);
    }

    private AdmissionDecision Decide(string calling, string called) => _rules.Decide(Call(calling, called), All);
}
