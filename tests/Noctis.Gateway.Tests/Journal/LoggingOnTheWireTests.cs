using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Journal;

/// <summary>What the logging settings keep of what happens on the wire.</summary>
public sealed class LoggingOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    public static TheoryData<bool, bool, LoggingLevel, JournalKind[]> Kept() => new()
    {
        { true, true, LoggingLevel.All, [JournalKind.Association, JournalKind.Echo, JournalKind.Store] },
        { false, true, LoggingLevel.All, [JournalKind.Echo, JournalKind.Store] },
        { true, false, LoggingLevel.All, [JournalKind.Association] },
        { false, false, LoggingLevel.All, [] },
        { true, true, LoggingLevel.Problems, [] },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Logging_SetSo_KeepsThatOfSuccessAndEveryProblem(bool connections, bool files, LoggingLevel level, JournalKind[] kept)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.SetAsync(facility, new FacilitySettings { Logging = new LoggingSettings { Connections = connections, Files = files, Level = level } });

        await DoAsync(facility);
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(facility.Port, "STRANGER", facility.AETitle));
        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle))
        {
            await client.SendAsync("not a data set"u8.ToArray(), new PhantomImage().SOPInstanceUID);
            await client.AbortAsync();
        }

        // The association that was broken off is the last.
        var rows = await host.JournalAsync(facility.Id, rows: kept.Length + 3);
        Assert.Equal(kept.Order(), rows.Where(row => row.Outcome == JournalOutcome.Completed).Select(row => row.Kind).Order());
        Assert.Equal(
            [(JournalKind.Association, JournalOutcome.Refused), (JournalKind.Association, JournalOutcome.Aborted), (JournalKind.Store, JournalOutcome.Refused)],
            rows.Where(row => row.Outcome != JournalOutcome.Completed).Select(row => (row.Kind, row.Outcome)).Order());
    }

    [Theory]
    [InlineData(LoggingLevel.All)]
    [InlineData(LoggingLevel.Problems)]
    public async Task Logging_OfConnectionsOff_KeepsTheOneWhoseImagesWaitInQuarantine(LoggingLevel level)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.SetAsync(facility, new FacilitySettings
        {
            Access = new AccessSettings { UnknownDevices = UnknownDevices.Quarantine },
            Logging = new LoggingSettings { Connections = false, Files = false, Level = level },
        });

        await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, new PhantomImage());
        await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage());

        var row = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((JournalKind.Association, JournalOutcome.Completed, JournalCode.Quarantined, "STRANGER", 1), (row.Kind, row.Outcome, row.Code, row.CallingAETitle, row.Images));
        Assert.NotNull(row.Details);
    }

    [Fact]
    public async Task Logging_ChangedDuringAnAssociation_CountsForWhatItDoesNext()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        await client.EchoAsync();

        await host.SetAsync(facility, new FacilitySettings { Logging = new LoggingSettings { Files = false } });
        await client.EchoAsync();
        await client.ReleaseAsync();

        var rows = await host.JournalAsync(facility.Id, rows: 2);
        Assert.Equal([JournalKind.Association, JournalKind.Echo], rows.Select(row => row.Kind));
    }

    [Fact]
    public async Task Logging_OfOneFacility_LeavesAnothersAsItIs()
    {
        await using var host = await StartAsync();
        var (quiet, other) = (await host.CreateFacilityAsync("Quiet Clinic"), await host.CreateFacilityAsync("Other Clinic"));
        await host.SetAsync(quiet, new FacilitySettings { Logging = new LoggingSettings { Level = LoggingLevel.Problems } });

        await DoAsync(quiet);
        await DoAsync(other);

        Assert.Equal(3, (await host.JournalAsync(other.Id, rows: 3)).Count);
        Assert.Empty(await host.JournalAsync(quiet.Id, rows: 0));
    }

    private static async Task DoAsync(Facility facility)
    {
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        var image = new PhantomImage();
        await client.EchoAsync();
        await client.SendAsync(image.ToDataset(), image.SOPInstanceUID);
        await client.ReleaseAsync();
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
