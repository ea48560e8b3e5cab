using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Traffic;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Services;

/// <summary>Unknown devices at a facility that sets apart what they send.</summary>
public sealed class QuarantineOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly FacilitySettings Quarantine = new() { Access = new AccessSettings { UnknownDevices = UnknownDevices.Quarantine } };

    [DatabaseTheory]
    public async Task Store_ByAnUnknownDevice_IsSuccessAndSetApart(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var facility = await host.CreateFacilityAsync("Central");
        var neighbour = await host.CreateFacilityAsync("North");
        await host.SetAsync(facility, Quarantine);
        var images = PhantomImage.CreateSeries(new PhantomImage { PatientName = "Müller^Anna" }, 3).ToList();

        var answers = await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, images);

        Assert.All(answers, answer => Assert.Equal(DicomStatus.Success, answer.Status));
        var row = (await host.JournalAsync(facility.Id, rows: 4)).Single(row => row.Kind == JournalKind.Association);
        Assert.Equal((JournalOutcome.Completed, JournalCode.Quarantined, 3), (row.Outcome, row.Code, row.Images));
        Assert.Equal("STRANGER at 127.0.0.1 is not registered here: its 3 images wait in quarantine until a manager releases or discards them.", row.Reason);
        var group = Assert.Single((await ListAsync(host, facility)).Groups);
        Assert.Equal((new QuarantineKey("STRANGER", "127.0.0.1", images[0].StudyInstanceUID), 3), (group.Key, group.Instances));
        Assert.Empty((await ListAsync(host, neighbour)).Groups);
        Assert.Equal(0, host.Status.Get(facility.Id).ImagesToday);
        Assert.True(await host.Get<TrafficWriter>().FlushAsync());
        var traffic = await host.Get<TrafficQueries>().GetMinutesAsync(FacilityScope.ForJob(facility.Id, "test"), DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal((1L, 0L, 0L), (traffic.Sum(minute => minute.Associations), traffic.Sum(minute => minute.Images), traffic.Sum(minute => minute.Bytes)));
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        Assert.False(await database.Set<Instance>().AnyAsync(instance => instance.FacilityId == facility.Id));
    }

    [Fact]
    public async Task Store_ByTheUnknownAndTheKnown_GoesEachItsWay()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.AddDeviceAsync(facility, new DeviceDraft("CT1"));
        await host.SetAsync(facility, Quarantine);

        await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, new PhantomImage());
        await Scu.StoreAsync(facility.Port, "CT1", facility.AETitle, new PhantomImage());

        Assert.Equal("STRANGER", Assert.Single((await ListAsync(host, facility)).Groups).Key.CallingAETitle);
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        Assert.Equal("CT1", (await database.Set<Instance>().SingleAsync(instance => instance.FacilityId == facility.Id)).SourceAETitle);
    }

    [Fact]
    public async Task Associate_ByAnUnknownDevice_IsStillSubjectToTitleNetworkAndSwitch()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.AddDeviceAsync(facility, new DeviceDraft("OFF1", IsActive: false));
        await host.SetAsync(facility, Quarantine);

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "STRANGER", "ORTHANC"));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "OFF1", facility.AETitle));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, "STRANGER", "NOCTIS_SERVER"));
        await host.SetAsync(facility, Quarantine with { Access = Quarantine.Access with { AllowedNetworks = ["192.0.2.0/24"] } });
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "STRANGER", facility.AETitle));

        var codes = (await host.JournalAsync(facility.Id, rows: 3)).Select(row => row.Code).ToHashSet();
        Assert.Equal([JournalCode.CalledTitleWrong, JournalCode.DeviceInactive, JournalCode.NetworkNotAllowed], codes.Order());
    }

    [Fact]
    public async Task Store_OverTheTenthOfTheQuota_IsOutOfResourcesWithThePlainReason()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, Quarantine);
        await using (var database = host.Get<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test")))
        {
            database.Add(new StorageSettings { FacilityId = facility.Id, QuotaBytes = 1_000_000 });
            await database.SaveChangesAsync();
        }

        var answer = Assert.Single(await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, new PhantomImage { PixelBytes = 200_000 }));
        var known = Assert.Single(await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage { PixelBytes = 200_000 }));

        Assert.Equal((0xA700, "Quarantine is full: a manager has to allow this device first"), (answer.Status.Code, answer.ErrorComment));
        Assert.Equal(DicomStatus.Success, known.Status);
        Assert.Contains(await host.JournalAsync(facility.Id, rows: 4), row => row is { Kind: JournalKind.Store, Code: JournalCode.QuarantineFull, Outcome: JournalOutcome.Failed });
        Assert.Empty((await ListAsync(host, facility)).Groups);
    }

    [Fact]
    public async Task Store_OverTheSizeThatIsSet_IsRefusedUntilMoreIsAllowed()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, SizeOf(1));
        await using (var database = host.Get<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test")))
        {
            database.Add(new QuarantineUsage { FacilityId = facility.Id, Instances = 1, Bytes = 1_000_000_000 });
            await database.SaveChangesAsync();
        }

        var full = Assert.Single(await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, new PhantomImage()));
        await host.SetAsync(facility, SizeOf(2));
        var raised = Assert.Single(await Scu.StoreAsync(facility.Port, "STRANGER", facility.AETitle, new PhantomImage()));

        Assert.Equal((0xA700, 0x0000), (full.Status.Code, raised.Status.Code));
        Assert.Equal(1, Assert.Single((await ListAsync(host, facility)).Groups).Instances);

        static FacilitySettings SizeOf(int gigabytes) => new() { Access = Quarantine.Access with { QuarantineGigabytes = gigabytes } };
    }

    [ToolFact("storescu")]
    public async Task Store_ByDcmtk_IsSetApart()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, Quarantine);
        var folder = Directory.CreateTempSubdirectory("noctis-test-");
        try
        {
            var file = new PhantomImage().Save(Path.Combine(folder.FullName, "image.dcm"));

            var sent = await Tool.RunAsync("storescu", "-aet", "STRANGER", "-aec", facility.AETitle, "127.0.0.1", facility.Port.ToString(CultureInfo.InvariantCulture), file);

            Assert.True(sent.ExitCode == 0, sent.Output);
            Assert.Equal(1, Assert.Single((await ListAsync(host, facility)).Groups).Instances);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<QuarantinePage> ListAsync(GatewayHost host, Facility facility) =>
        (await host.Get<QuarantineQueries>().ListAsync(FacilityScope.ForJob(facility.Id, "test"), null, 50, default)).Value;

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
