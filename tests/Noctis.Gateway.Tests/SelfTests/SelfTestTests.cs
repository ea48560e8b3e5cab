using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;
using Noctis.Gateway.Tests.Listeners;
using Noctis.Testing;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.SelfTests;

/// <summary>Self-tests through real listeners, on every database.</summary>
public sealed class SelfTestTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Echo_OfARunningListener_SucceedsAndIsKept(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var facility = await host.CreateFacilityAsync("Central");

        var test = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo)).Value;

        Assert.True(test.Succeeded, test.Message);
        Assert.StartsWith("alive: answered in ", test.Message, StringComparison.Ordinal);
        var kept = Assert.Single(await host.Get<SelfTestQueries>().ListAsync(ScopeOf(facility), 10));
        Assert.Equal((test.Message, true, ServerNode.Machine), (kept.Message, kept.Succeeded, kept.Node));
    }

    [DatabaseTheory]
    public async Task Image_OfARunningListener_GoesAllTheWayAndLeavesNothing(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var facility = await host.CreateFacilityAsync("Central");
        await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage());
        var before = await FindTracesAsync(host, facility);

        var test = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Image)).Value;

        Assert.True(test.Succeeded, test.Message);
        Assert.Equal(before, await FindTracesAsync(host, facility));
        // What the test took back is not missed by what comes after.
        Assert.True(Assert.Single(await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage())).Status.IsSuccessOrWarning);
        Assert.Equal(2, (await FindTracesAsync(host, facility)).Images);
    }

    [Fact]
    public async Task SharedDoor_Running_AnswersAndCountsNowhere()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var tester = host.Get<SelfTester>();
        var facility = await host.CreateFacilityAsync("Central");

        var test = await tester.TestSharedDoorAsync();

        Assert.True(test?.Succeeded, test?.Message);
        Assert.StartsWith("alive: answered in ", test!.Message, StringComparison.Ordinal);
        Assert.Same(test, tester.SharedDoor);
        Assert.Equal((0, 0), (host.Status.SharedDoor.Refusals, host.Status.Get(facility.Id).Refusals));
        Assert.Empty(await host.Get<SelfTestQueries>().ListAsync(ScopeOf(facility), 10));
    }

    [Fact]
    public async Task Test_OfAnyKind_AppearsInNoJournalAndNoFigure()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");

        await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo);
        await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Image);
        Assert.True((await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle)).IsSuccessOrWarning);

        var journal = await host.JournalAsync(facility.Id, 1);
        Assert.All(journal, entry => Assert.Equal(facility.AETitle, entry.CallingAETitle));
        Assert.Equal((0, 0), (host.Status.Get(facility.Id).Images, host.Status.Get(facility.Id).Refusals));
    }

    [Fact]
    public async Task Test_TitleOfAnother_LetsNobodyIn()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        Assert.True((await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo)).Value.Succeeded);

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "NOCTIS_SELFTEST", facility.AETitle));
    }

    [Fact]
    public async Task Connection_ExpectedByOneFacility_IsNotKnownToAnother()
    {
        var connections = new SelfTestConnections();
        var (mine, other, end) = (Guid.NewGuid(), Guid.NewGuid(), new IPEndPoint(IPAddress.Loopback, 40_000));

        connections.Expect(end, mine);

        Assert.True(connections.IsOurs(end, mine));
        Assert.False(connections.IsOurs(end, other));
        Assert.False(connections.IsOurs(end, null));
        connections.Expect(end, mine, bySharedDoor: true);
        Assert.True(connections.IsOurs(end, null));
        Assert.False(connections.IsOurs(end, mine));
        Assert.False(connections.IsOurs(new IPEndPoint(IPAddress.Loopback, 40_001), mine));
        connections.Ended(end);
        await connections.ForgetAsync(end, TimeSpan.Zero, TimeProvider.System);
        Assert.False(connections.IsOurs(end, mine));
    }

    [Fact]
    public async Task Test_ServicesAndClassesSwitchedOff_StillTests()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, FacilitySettings.Default with { Services = new ServiceSettings { Off = ["C-ECHO", "C-STORE"] } });

        var echo = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo)).Value;
        var image = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Image)).Value;

        Assert.True(echo.Succeeded, echo.Message);
        Assert.True(image.Succeeded, image.Message);
    }

    [Fact]
    public async Task Echo_EveryPlaceTaken_SaysFull()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 1 });
        await using var held = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        var test = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo)).Value;

        Assert.True(test.Succeeded);
        Assert.Equal("alive, but full: every association that the facility may have is taken", test.Message);
        Assert.Equal(1, host.Status.Get(facility.Id).ActiveAssociations);
    }

    [Fact]
    public async Task Echo_PortTaken_FailsWithReasonAndRemedy()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        await host.SuspendAsync(facility);
        await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        using var other = new TcpListener(IPAddress.Loopback, facility.Port);
        other.Start();
        await host.ResumeAsync(facility);
        await host.Status.UntilAsync(facility.Id, ListenerState.Failed);

        var test = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Echo)).Value;

        Assert.False(test.Succeeded);
        Assert.StartsWith($"association failed: the port is not open. Port {facility.Port} is taken", test.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsMode.On)]
    [InlineData(TlsMode.ClientCertificates)]
    public async Task Echo_OverTls_Succeeds(TlsMode mode)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        Assert.True((await host.Get<CertificateCommands>().GenerateAsync(ScopeOf(facility), "127.0.0.1")).IsSuccess);
        await host.Get<CertificateCommands>().AddAuthoritiesAsync(ScopeOf(facility), TestCertificates.CertificatePem(new TestCertificates("Devices").Authority));
        await host.SetAsync(facility, new NetworkSettings { Tls = mode });

        var test = (await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Image)).Value;

        Assert.True(test.Succeeded, test.Message);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));
    }

    [Fact]
    public async Task Metrics_AnAssociationWithAnImage_AreCountedByFacility()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == "Noctis.Gateway")
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "facility", Value: string title } && title == facility.AETitle)
                {
                    lock (counts)
                        counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
                }
            }
        });
        listener.Start();

        await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage());
        await host.AssociationsAsync(facility.Id, 1);
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "STRANGER", facility.AETitle));
        await host.AssociationsAsync(facility.Id, 2);

        lock (counts)
        {
            Assert.Equal((1, 1, 1, 1, 1), (counts["noctis.associations.opened"], counts["noctis.associations.closed"], counts["noctis.operations"],
                counts["noctis.images"], counts["noctis.refusals"]));
            Assert.True(counts["noctis.received"] > 32 * 1024);
        }
    }

    private static FacilityScope ScopeOf(Facility facility) => FacilityScope.ForJob(facility.Id, "test");

    /// <summary>All that an image leaves in the database and on the disk.</summary>
    private static async Task<Traces> FindTracesAsync(GatewayHost host, Facility facility)
    {
        await using var database = host.Get<INoctisDbContextFactory>().CreateFor(ScopeOf(facility));
        var usage = await database.Set<FacilityUsage>().AsNoTracking().SingleAsync();
        // A file is unlinked after its answer, by the association's own loop: its end is awaited by the tester.
        var files = Directory.GetFiles(host.Get<StoragePaths>().Facility(facility.Id), "*", SearchOption.AllDirectories).Length;
        return new Traces(
            usage.Instances, usage.Bytes, files, await database.Set<Study>().CountAsync(), await database.Set<Patient>().CountAsync(),
            await database.Set<Series>().CountAsync(), await database.Set<Instance>().CountAsync(), await database.Set<ArrivalHour>().SumAsync(hour => hour.Images));
    }

    private sealed record Traces(long Images, long Bytes, int Files, int Studies, int Patients, int Series, int Instances, int Arrived);
}
