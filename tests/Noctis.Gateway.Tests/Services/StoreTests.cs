using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Services;

/// <summary>C-STORE from the socket to the archive and back.</summary>
public sealed class StoreTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Store_Series_IsIndexedAndReadableWithSuccessOnly(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var images = PhantomImage.CreateSeries(new PhantomImage { PatientName = "Müller^Anna" }, 5).ToList();

        var answers = await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, images);

        Assert.All(answers, answer => Assert.Equal(DicomStatus.Success, answer.Status));
        var study = Assert.Single(await StudiesAsync(host, facility));
        Assert.Equal((images[0].StudyInstanceUID, "Müller, Anna", 1, 5), (study.StudyInstanceUid, study.PatientName, study.SeriesCount, study.InstanceCount));
        foreach (var image in images)
            Assert.Equal(image.PixelBytes, await StoredPixelBytesAsync(host, facility, image.SOPInstanceUID));
        var entry = Assert.Single(await host.AssociationsAsync(facility.Id));
        Assert.Equal((JournalKind.Association, JournalOutcome.Completed, 5), (entry.Kind, entry.Outcome, entry.Images));
        Assert.True(entry.Bytes > 5 * images[0].PixelBytes);
    }

    [DatabaseTheory]
    public async Task Store_SameStudyAtTwoFacilities_IsTwoStudies(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var central = await host.CreateFacilityAsync("Central Hospital");
        var north = await host.CreateFacilityAsync("North Clinic");
        var image = new PhantomImage();

        await Scu.StoreAsync(central.Port, central.AETitle, central.AETitle, image with { PatientName = "Central^Anna" });
        await Scu.StoreAsync(north.Port, north.AETitle, north.AETitle, image with { PatientName = "North^Berta" });

        var atCentral = Assert.Single(await StudiesAsync(host, central));
        var atNorth = Assert.Single(await StudiesAsync(host, north));
        Assert.Equal(("Central, Anna", "North, Berta"), (atCentral.PatientName, atNorth.PatientName));
        Assert.NotEqual(atCentral.Id, atNorth.Id);
        await using var centralFile = await OpenAsync(host, central, image.SOPInstanceUID);
        await using var northFile = await OpenAsync(host, north, image.SOPInstanceUID);
        Assert.NotEqual(centralFile.Content.Name, northFile.Content.Name);
        Assert.Equal("Central^Anna", PatientOf(centralFile));
        Assert.Equal("North^Berta", PatientOf(northFile));
    }

    [Fact]
    public async Task Store_BadObjectAmongGood_IsRefusedAloneWithStatusCommentAndJournal()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var good = new PhantomImage();
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        var withoutStudy = good.ToDataset();
        withoutStudy.Remove(DicomTag.StudyInstanceUID);
        var missing = await client.SendAsync(withoutStudy, good.SOPInstanceUID);
        var other = await client.SendAsync(good.ToDataset(), DicomUID.Generate().Value);
        var noDicom = await client.SendAsync(Enumerable.Repeat((byte)0xEE, 4096).ToArray(), DicomUID.Generate().Value);
        var fine = await client.SendAsync(good.ToDataset(), good.SOPInstanceUID);
        await client.ReleaseAsync();

        Assert.Equal((0xC000, "Study Instance UID (0020,000D) is missing"), (missing.Status.Code, missing.ErrorComment));
        Assert.Equal([DicomTag.StudyInstanceUID], missing.OffendingElements);
        Assert.Equal(0xA900, other.Status.Code);
        Assert.Equal([DicomTag.SOPInstanceUID], other.OffendingElements);
        Assert.Equal(0xC000, noDicom.Status.Code);
        Assert.Equal(DicomStatus.Success, fine.Status);
        Assert.Equal(1, Assert.Single(await StudiesAsync(host, facility)).InstanceCount);
        var journal = await host.JournalAsync(facility.Id, rows: 5);
        Assert.Equal(3, journal.Count(entry => entry is { Kind: JournalKind.Store, Outcome: JournalOutcome.Refused, Code: JournalCode.ObjectInvalid }));
        Assert.Contains(journal, entry => entry is { Status: 0xC000, Reason: not null }
            && entry.Reason.StartsWith("Study Instance UID (0020,000D) is missing (status C000", StringComparison.Ordinal));
        Assert.Equal(1, journal.Single(entry => entry.Kind == JournalKind.Association).Images);
    }

    [Fact]
    public async Task Negotiate_SeveralTransferSyntaxes_TakesTheSendersFirst()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.CTImageStorage.Value, [DicomUID.JPEG2000.Value, DicomUID.ExplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, DicomUID.CTImageStorage.Value, ["1.2.3.4.5", DicomUID.ImplicitVRLittleEndian.Value]));

        Assert.Equal(DicomUID.JPEG2000.Value, client.Association.PresentationContexts[0].TransferSyntax);
        Assert.Equal(DicomUID.ImplicitVRLittleEndian.Value, client.Association.PresentationContexts[1].TransferSyntax);
        await client.ReleaseAsync();
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", true)] // CT
    [InlineData("1.2.840.10008.5.1.4.1.1.6", true)] // US, retired
    [InlineData("1.2.840.10008.5.1.4.1.1.999.1", true)] // a storage class that the standard may yet define
    [InlineData("1.3.12.2.1107.5.9.1", true)] // Siemens CSA non-image: private
    [InlineData("1.2.840.10008.5.1.4.1.2.2.1", false)] // Study Root Query
    [InlineData("1.2.840.10008.1.20.1", false)] // Storage Commitment
    [InlineData("1.2.840.10008.5.1.4.1.1", false)] // the root itself
    public async Task Negotiate_SopClass_IsTakenWhenItCanBeStored(string sopClass, bool accepted)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, sopClass, [DicomUID.ImplicitVRLittleEndian.Value]));

        Assert.Equal(accepted, client.Association.PresentationContexts[1].IsAccepted);
        await client.ReleaseAsync();
    }

    [Fact]
    public async Task Negotiate_NothingTaken_IsExplainedInTheJournal()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, "1.2.840.10008.5.1.4.1.2.2.1", [DicomUID.ImplicitVRLittleEndian.Value])))
        {
            await client.ReleaseAsync();
        }

        var entry = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((JournalOutcome.Refused, JournalCode.NoPresentationContext), (entry.Outcome, entry.Code));
        Assert.Contains("Study Root Query/Retrieve", entry.Reason, StringComparison.Ordinal);
    }

    [ToolFact("storescu")]
    public async Task Store_ByDcmtk_IsStored()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var folder = Directory.CreateTempSubdirectory("noctis-test-");
        try
        {
            var files = PhantomImage.CreateSeries(new PhantomImage(), 3).Select((image, i) => image.Save(Path.Combine(folder.FullName, $"{i}.dcm"))).ToList();
            var port = facility.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

            var echo = await Tool.RunAsync("echoscu", "-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", port);
            var store = await Tool.RunAsync("storescu", ["-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", port, .. files]);
            var wrong = await Tool.RunAsync("echoscu", "-aet", facility.AETitle, "-aec", "ORTHANC", "127.0.0.1", port);

            Assert.Equal((0, 0), (echo.ExitCode, store.ExitCode));
            Assert.NotEqual(0, wrong.ExitCode);
            Assert.Contains("Called AE Title Not Recognized", wrong.Output, StringComparison.Ordinal);
            Assert.Equal(3, Assert.Single(await StudiesAsync(host, facility)).InstanceCount);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));

    private static async Task<IReadOnlyList<StudyRow>> StudiesAsync(GatewayHost host, Facility facility) =>
        (await host.Get<StudyQueries>().SearchAsync(ScopeOf(facility), new StudySearch(), CancellationToken.None)).Studies;

    private static FacilityScope ScopeOf(Facility facility) => FacilityScope.ForJob(facility.Id, "test");

    private static async Task<InstanceFile> OpenAsync(GatewayHost host, Facility facility, string sopInstanceUid)
    {
        await using var database = host.Get<INoctisDbContextFactory>().CreateFor(ScopeOf(facility));
        var id = database.Set<Instance>().Single(instance => instance.SOPInstanceUID == sopInstanceUid).Id;
        return (await host.Get<StudyQueries>().GetInstanceFileAsync(ScopeOf(facility), id, CancellationToken.None)).Value;
    }

    private static async Task<int> StoredPixelBytesAsync(GatewayHost host, Facility facility, string sopInstanceUid)
    {
        await using var file = await OpenAsync(host, facility, sopInstanceUid);
        var stored = await DicomFile.OpenAsync(file.Content);
        return stored.Dataset.TryGetElement(DicomTag.PixelData, out var pixels) ? ((DicomValueElement)pixels).Value.Length : 0;
    }

    private static string? PatientOf(InstanceFile file) => DicomFile.Open(file.Content).Dataset.GetString(DicomTag.PatientName);
}
