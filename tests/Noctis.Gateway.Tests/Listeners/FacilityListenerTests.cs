using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Listeners follow the facilities: real sockets, a real database.</summary>
public sealed class FacilityListenerTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Create_Facility_AnswersAnEcho()
    {
        await using var host = await StartAsync();

        var facility = await host.CreateFacilityAsync("Central Hospital");

        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.Equal(facility.Port, host.Status.Get(facility.Id).EndPoint?.Port);
    }

    [Fact]
    public async Task Update_Port_ListensThereAndNoLongerHere()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var oldPort = facility.Port;

        var updated = (await host.UpdateAsync(facility, new FacilityDraft(facility.Name, Port: oldPort + 20))).Value;

        await host.Status.UntilAsync(facility.Id, status => status.EndPoint?.Port == updated.Port);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(updated.Port, facility.AETitle, facility.AETitle));
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.EchoAsync(oldPort, facility.AETitle, facility.AETitle));
    }

    [Fact]
    public async Task Update_Port_LetsRunningAssociationsEnd()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await using var running = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        var updated = (await host.UpdateAsync(facility, new FacilityDraft(facility.Name, Port: facility.Port + 20))).Value;

        await host.Status.UntilAsync(facility.Id, status => status.EndPoint?.Port == updated.Port);
        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
        await running.ReleaseAsync();
    }

    [Fact]
    public async Task Update_AETitle_CountsForTheNextAssociationAndDropsNone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var oldTitle = facility.AETitle;
        await using var running = await Scu.ConnectAsync(facility.Port, oldTitle, oldTitle);

        Assert.True((await host.UpdateAsync(facility, new FacilityDraft(facility.Name, AETitle: "RENAMED"))).IsSuccess);
        // Another facility that comes after it has been seen to: then the new title has been, too.
        await host.CreateFacilityAsync("Later");

        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, "RENAMED", "RENAMED"));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(facility.Port, oldTitle, oldTitle));
    }

    [Fact]
    public async Task Suspend_Facility_ClosesThePortUntilItIsResumed()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        Assert.True((await host.SuspendAsync(facility)).IsSuccess);
        var suspended = await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.True((await host.ResumeAsync(facility)).IsSuccess);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);

        Assert.Equal("The facility is suspended.", suspended.Reason);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
    }

    [Fact]
    public async Task Bind_PortTaken_FailsWithReasonAndListensOnceItIsFree()
    {
        await using var host = await StartAsync();
        var lucky = await host.CreateFacilityAsync("Lucky");
        using var squatter = new TcpListener(IPAddress.Loopback, lucky.Port + 20);
        var facility = await host.CreateFacilityAsync("Unlucky");
        // Checked when it is typed, so taken only after that.
        Assert.True((await host.UpdateAsync(facility, new FacilityDraft(facility.Name, Port: lucky.Port + 20))).IsSuccess);
        await host.Status.UntilAsync(facility.Id, status => status.EndPoint?.Port == lucky.Port + 20);
        Assert.True((await host.SuspendAsync(facility)).IsSuccess);
        await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        squatter.Start();

        Assert.True((await host.ResumeAsync(facility)).IsSuccess);

        var failed = await host.Status.UntilAsync(facility.Id, ListenerState.Failed);
        Assert.StartsWith($"Port {lucky.Port + 20} is taken by ", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("Choose another port on the facility's page", failed.Remedy, StringComparison.Ordinal);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(lucky.Port, lucky.AETitle, lucky.AETitle));
        squatter.Stop();
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task Start_FiftyFacilities_AllListen()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var settings = GatewayHost.Settings();
        var facilities = new List<Facility>();
        await using (var first = await GatewayHost.StartAsync(database, settings))
        {
            for (var i = 1; i <= 50; i++)
                facilities.Add(await first.CreateFacilityAsync(string.Create(CultureInfo.InvariantCulture, $"Site {i}")));
        }

        await using var again = await GatewayHost.StartAsync(database, settings);

        foreach (var facility in facilities)
        {
            await again.Status.UntilAsync(facility.Id, ListenerState.Running);
            Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
        }
    }

    [Fact]
    public async Task Limit_OneFacilityFlooded_RejectsItsNextAndAnswersTheOthers()
    {
        await using var host = await StartAsync();
        var flooded = await host.CreateFacilityAsync("Flooded");
        await host.SetAsync(flooded, new NetworkSettings { MaxAssociations = 2 });
        var quiet = await host.CreateFacilityAsync("Quiet");
        await using var first = await Scu.ConnectAsync(flooded.Port, flooded.AETitle, flooded.AETitle);
        await using var second = await Scu.ConnectAsync(flooded.Port, flooded.AETitle, flooded.AETitle);

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(
            () => Scu.ConnectAsync(flooded.Port, flooded.AETitle, flooded.AETitle));

        Assert.Equal((2, 3, 2), rejected.Codes());
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(quiet.Port, quiet.AETitle, quiet.AETitle));
        var entry = Assert.Single(await host.JournalAsync(flooded.Id));
        Assert.Equal(Archive.Journal.JournalCode.LimitReached, entry.Code);
    }

    private async Task<GatewayHost> StartAsync(Dictionary<string, string?>? settings = null) =>
        await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite), settings);
}
