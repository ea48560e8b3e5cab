using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Explaining;

/// <summary>Objects that are answered with an error, and services that are off: what the journal says of them.</summary>
public sealed class RefusedObjectsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Store_OverTheQuota_IsQuotaReached()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await SetAsync(host, facility, new StorageSettings { FacilityId = facility.Id, QuotaBytes = 1 });

        var answer = Assert.Single(await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage()));

        Assert.Equal(0xA700, answer.Status.Code);
        await AssertStoreRowAsync(host, facility, JournalOutcome.Failed, JournalCode.QuotaReached, "quota");
    }

    [Fact]
    public async Task Store_TheSameAgainWhereDuplicatesAreRefused_IsDuplicateRefused()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await SetAsync(host, facility, new StorageSettings { FacilityId = facility.Id, DuplicatePolicy = DuplicatePolicy.Refuse });
        var image = new PhantomImage();

        var answers = await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, image, image);

        Assert.Equal([0x0000, 0x0111], answers.Select(answer => (int)answer.Status.Code));
        await AssertStoreRowAsync(host, facility, JournalOutcome.Refused, JournalCode.DuplicateRefused, "stored already");
    }

    [Fact]
    public async Task Store_RefusedForSeveralReasonsInOneAssociation_EachStandsUnderItsOwn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await SetAsync(host, facility, new StorageSettings { FacilityId = facility.Id, DuplicatePolicy = DuplicatePolicy.Refuse });
        var image = new PhantomImage();
        var noStudy = new PhantomImage { SOPInstanceUID = "1.2.3.1" }.ToDataset();
        noStudy.Remove(DicomTag.StudyInstanceUID);

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle))
        {
            await client.SendAsync(image.ToDataset(), image.SOPInstanceUID);
            await client.SendAsync(noStudy, "1.2.3.1");
            await client.SendAsync("not a data set"u8.ToArray(), "1.2.3.2");
            await client.SendAsync(image.ToDataset(), image.SOPInstanceUID);
            await client.SendAsync(new PhantomImage { SOPInstanceUID = "1.2.3.3" }.ToDataset(), "1.2.3.4");
            await client.ReleaseAsync();
        }

        var rows = (await host.JournalAsync(facility.Id, rows: 6)).Where(row => row is { Kind: JournalKind.Store, Outcome: JournalOutcome.Refused }).Reverse().ToList();
        Assert.Equal([0xC000, 0xC000, 0x0111, 0xA900], rows.Select(row => row.Status));
        Assert.Equal([JournalCode.ObjectInvalid, JournalCode.ObjectInvalid, JournalCode.DuplicateRefused, JournalCode.ObjectInvalid], rows.Select(row => row.Code));
        Assert.Equal(4, rows.Select(row => row.Reason).Distinct().Count());
        var groups = await host.Get<TroubleQueries>().ListAsync(AdministratorScope.ForSystem("test"), JournalOutcome.Refused, DateTime.UtcNow.AddHours(-1), 100);
        Assert.Equal(rows.Select(row => row.Reason).Reverse(), groups.Where(group => group.Last.FacilityId == facility.Id).Select(group => group.Last.Reason));
    }

    [Fact]
    public async Task Associate_ForAServiceThatIsOff_IsServiceSwitchedOff()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new FacilitySettings { Services = new ServiceSettings { Off = ["C-ECHO"] } });

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])))
        {
            await client.ReleaseAsync();
        }

        var row = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((JournalOutcome.Refused, JournalCode.ServiceSwitchedOff), (row.Outcome, row.Code));
        Assert.Contains("C-ECHO", row.Reason, StringComparison.Ordinal);
        Assert.Contains("Verification", row.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Associate_WithOneOfTwoTakenAndNothingSent_SaysWhatIsNot(bool echoes)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new FacilitySettings { SopClasses = new SopClassSettings().With(DicomUID.MRImageStorage.Value, isTaken: false) });

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, DicomUID.MRImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(5, DicomUID.CTImageStorage.Value, ["1.2.3.4.5"]),
            new PresentationContextRq(7, DicomUID.CTImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value])))
        {
            if (echoes)
                await client.EchoAsync();
            await client.ReleaseAsync();
        }

        var row = Assert.Single(await host.AssociationsAsync(facility.Id, rows: 1));
        Assert.Equal((JournalOutcome.Completed, JournalCode.None), (row.Outcome, row.Code));
        Assert.Equal(
            echoes ? null
                : "The device sent nothing. Of what it proposed, this is not taken here: MR Image Storage (switched off under SOP classes). A manager can switch on under Settings what is switched off.",
            row.Reason);
    }

    [Fact]
    public async Task Associate_WithNothingThatIsTaken_SaysOfEachWhatStandsAgainstIt()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new FacilitySettings
        {
            SopClasses = new SopClassSettings().With(DicomUID.MRImageStorage.Value, isTaken: false),
            TransferSyntaxes = new TransferSyntaxSettings { Off = [DicomUID.JPEG2000.Value] },
        });

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.MRImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, DicomUID.CTImageStorage.Value, [DicomUID.JPEG2000.Value]),
            new PresentationContextRq(5, DicomUID.CTImageStorage.Value, ["1.2.3.4.5"]),
            new PresentationContextRq(7, "1.2.840.10008.5.1.4.1.2.2.1", [DicomUID.ImplicitVRLittleEndian.Value])))
        {
            await client.ReleaseAsync();
        }

        var row = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((JournalOutcome.Refused, JournalCode.NoPresentationContext), (row.Outcome, row.Code));
        Assert.Contains("MR Image Storage (switched off under SOP classes)", row.Reason, StringComparison.Ordinal);
        Assert.Contains("(switched off under Transfer syntaxes)", row.Reason, StringComparison.Ordinal);
        Assert.Contains("CT Image Storage in 1.2.3.4.5 (not known here)", row.Reason, StringComparison.Ordinal);
        Assert.Contains("(not offered here)", row.Reason, StringComparison.Ordinal);
    }

    private static async Task AssertStoreRowAsync(GatewayHost host, Facility facility, JournalOutcome outcome, JournalCode code, string said)
    {
        var row = (await host.JournalAsync(facility.Id, rows: 2)).Single(row => row.Kind == JournalKind.Store && row.Outcome != JournalOutcome.Completed);
        Assert.Equal((outcome, code), (row.Outcome, row.Code));
        Assert.Contains(said, row.Reason, StringComparison.Ordinal);
    }

    private static async Task SetAsync(GatewayHost host, Facility facility, StorageSettings settings)
    {
        await using var database = host.Get<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test"));
        database.Add(settings);
        await database.SaveChangesAsync();
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
