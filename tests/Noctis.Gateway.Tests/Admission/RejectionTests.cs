using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Admission;

/// <summary>Each refusal as the sender gets it and as the facility reads it.</summary>
public sealed class RejectionTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData("{own}", "ORTHANC", 1, 1, 7, JournalCode.CalledTitleWrong, "You called ORTHANC; this port is {own}.")]
    [InlineData("{own}", "noctis_server", 1, 1, 7, JournalCode.CalledTitleCaseDiffers, "Only upper and lower case differ")]
    [InlineData("STRANGER", "{own}", 1, 1, 3, JournalCode.CallingTitleUnknown, "STRANGER at 127.0.0.1 is not registered here.")]
    [InlineData("OFF1", "{own}", 1, 1, 3, JournalCode.DeviceInactive, "OFF1 is registered, but switched off.")]
    [InlineData("FAR1", "{own}", 1, 1, 3, JournalCode.AddressUnexpected, "FAR1 called from 127.0.0.1; it is registered with the address 192.0.2.10.")]
    [InlineData("FAR2", "{own}", 1, 1, 3, JournalCode.AddressUnexpected, "registered with the host name no-such-host.invalid, which this server cannot find")]
    public async Task Associate_NotAdmitted_IsRejectedWithTheStandardsCodesAndAPlainSentence(
        string calling, string called, int result, int source, int reason, JournalCode code, string sentence)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.AddDeviceAsync(facility, new DeviceDraft("OFF1", IsActive: false));
        await host.AddDeviceAsync(facility, new DeviceDraft("FAR1", ExpectedAddress: "192.0.2.10"));
        await host.AddDeviceAsync(facility, new DeviceDraft("FAR2", ExpectedAddress: "no-such-host.invalid"));
        // Comes after the devices have been taken in.
        await host.CreateFacilityAsync("Later");

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(
            () => Scu.ConnectAsync(facility.Port, Fill(calling), Fill(called)));

        Assert.Equal((result, source, reason), rejected.Codes());
        var entry = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((JournalOutcome.Refused, code), (entry.Outcome, entry.Code));
        Assert.Contains(Fill(sentence), entry.Reason, StringComparison.Ordinal);
        Assert.Equal((Fill(calling), Fill(called), "127.0.0.1", facility.Port),
            (entry.CallingAETitle, entry.CalledAETitle, entry.RemoteAddress, entry.LocalPort));
        Assert.Equal(1, host.Status.Get(facility.Id).Refusals);

        string Fill(string text) => text.Replace("{own}", facility.AETitle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Associate_AnotherFacilitysTitle_IsExplainedToTheAdministratorAlone()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var central = await host.CreateFacilityAsync("Central Hospital");
        var north = await host.CreateFacilityAsync("North Clinic");

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(central.Port, "CT1", north.AETitle));

        var entry = Assert.Single(await host.JournalAsync(central.Id));
        Assert.DoesNotContain("North", entry.Reason, StringComparison.Ordinal);
        Assert.Empty(await host.JournalAsync(north.Id, rows: 0));
        var note = await host.FrontDoorEntryAsync(note => note.CalledAETitle == north.AETitle);
        Assert.Contains($"The title is North Clinic's, whose port is {north.Port}", note.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Associate_StrangerCallsAFacilitysTitleAtTheSharedDoor_IsOneSentence()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var central = await host.CreateFacilityAsync("Central Hospital");

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, "STRANGER", central.AETitle));

        var entry = await host.FrontDoorEntryAsync(entry => entry.CalledAETitle == central.AETitle);
        Assert.Equal(
            $"STRANGER at 127.0.0.1 called {central.AETitle} on the shared door (port {host.SharedPort}), but that title is Central Hospital's, whose port is {central.Port}: "
            + $"let it call NOCTIS_SERVER here, or {central.AETitle} there.",
            entry.Reason);
    }

    [Fact]
    public async Task Associate_DeviceInMixedCase_IsAdmittedAsItIsWritten()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.AddDeviceAsync(facility, new DeviceDraft("MyScanner"));
        await host.CreateFacilityAsync("Later");

        await using var client = await Scu.ConnectAsync(facility.Port, "MyScanner", facility.AETitle);
        await client.ReleaseAsync();
        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(
            () => Scu.ConnectAsync(facility.Port, "MYSCANNER", facility.AETitle));

        Assert.Equal((1, 1, 3), rejected.Codes());
        var refusal = Assert.Single(await host.JournalAsync(facility.Id, rows: 2), entry => entry.Outcome == JournalOutcome.Refused);
        Assert.Contains("but MyScanner is. Only upper and lower case differ", refusal.Reason, StringComparison.Ordinal);
    }
}
