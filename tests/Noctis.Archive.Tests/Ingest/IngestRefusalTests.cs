using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>Objects that cannot be filed: the sender hears why, and nothing of them stays.</summary>
public sealed class IngestRefusalTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData("0020000D", null, 0xC000, "Study Instance UID (0020,000D) is missing")]
    [InlineData("0020000D", "", 0xC000, "Study Instance UID (0020,000D) is missing")]
    [InlineData("0020000E", null, 0xC000, "Series Instance UID (0020,000E) is missing")]
    [InlineData("0020000E", "1 2", 0xC000, "Series Instance UID (0020,000E) is not a UID")]
    [InlineData("00080016", "1.2.840.10008.5.1.4.1.1.4", 0xA900, "SOP Class UID differs between command and data set")]
    [InlineData("00080018", "1.2.3", 0xA900, "SOP Instance UID differs between command and data set")]
    public async Task Store_HeaderThatDoesNotDo_IsRefusedWithTheAttribute(string tagText, string? value, int status, string comment)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage().ToDataset();
        IngestOrigin origin = Sending.Origin(dataset);
        DicomTag tag = DicomTag.Parse(tagText);
        if (value is null) dataset.Remove(tag);
        else dataset.SetString(tag, value);

        IngestError error = (await database.Services.SendAsync(scope, origin, Sending.DatasetBytes(dataset))).Refused();

        Assert.Equal((status, comment), (error.DicomStatus, error.Message));
        await AssertNothingStaysAsync(database, scope);
    }

    [Fact]
    public async Task Store_StudyUidOver64Characters_IsRefused()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage { StudyInstanceUID = "1." + new string('2', 63) }.ToDataset();

        IngestError error = (await database.Services.SendAsync(scope, dataset)).Refused();

        Assert.Equal((0xC000, "Study Instance UID (0020,000D) is over 64 characters"), (error.DicomStatus, error.Message));
        await AssertNothingStaysAsync(database, scope);
    }

    [Fact]
    public async Task Store_WithoutSopUidsInTheDataSet_TakesThoseOfTheCommand()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage().ToDataset();
        IngestOrigin origin = Sending.Origin(dataset);
        dataset.Remove(DicomTag.SOPClassUID);
        dataset.Remove(DicomTag.SOPInstanceUID);

        StoredInstance stored = (await database.Services.SendAsync(scope, origin, Sending.DatasetBytes(dataset))).Stored();

        Assert.Equal(origin.SopInstanceUid, stored.SopInstanceUid);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal(origin.SopClassUid, (await context.Set<Instance>().SingleAsync()).SOPClassUID);
    }

    [Fact]
    public async Task Store_DataSetCutAnywhereInItsHeader_IsRefused()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage { PixelBytes = 512 }.ToDataset();
        byte[] whole = Sending.DatasetBytes(dataset);
        IngestOrigin origin = Sending.Origin(dataset);
        dataset.Remove(DicomTag.PixelData);
        int headerLength = Sending.DatasetBytes(dataset).Length;

        for (int length = 0; length < headerLength; length += 7)
        {
            Result<StoredInstance> result = await database.Services.SendAsync(scope, origin, whole.AsMemory(0, length));
            // Cut between two elements behind the UIDs it is a whole, smaller object.
            if (result.IsSuccess) Assert.True(length > headerLength / 2);
            else Assert.Equal(0xC000, result.Refused().DicomStatus);
        }

        Assert.Empty(new FacilityDisk(database, scope.FacilityId).Incoming());
    }

    [Fact]
    public async Task Store_Garbage_IsRefused()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        byte[] garbage = new byte[100_000];
        new Random(4).NextBytes(garbage);

        IngestError error = (await database.Services.SendAsync(scope, Sending.Origin(new PhantomImage().ToDataset()), garbage)).Refused();

        Assert.Equal(0xC000, error.DicomStatus);
        await AssertNothingStaysAsync(database, scope);
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3", "Transfer syntax is not known")]
    [InlineData("1.2.840.10008.1.2", "", "SOP Class or Instance UID of the command is not a UID")]
    [InlineData("1.2.840.10008.1.2", "1.2\\3", "SOP Class or Instance UID of the command is not a UID")]
    public async Task Begin_CommandThatDoesNotDo_IsRefusedBeforeAFileIsMade(string syntax, string sopInstanceUid, string comment)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var origin = new IngestOrigin { TransferSyntaxUid = syntax, SopClassUid = DicomUID.CTImageStorage.Value, SopInstanceUid = sopInstanceUid };

        Result<IncomingInstance> begun = await database.Services.GetRequiredService<InstanceIngest>().BeginAsync(scope, origin, default);

        Assert.Equal((0xC000, comment), (Assert.IsType<IngestError>(begun.Error).DicomStatus, begun.Error!.Message));
        await AssertNothingStaysAsync(database, scope);
    }

    [Fact]
    public async Task Dispose_BeforeComplete_LeavesNothing()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage { PixelBytes = 200_000 }.ToDataset();
        Result<IncomingInstance> begun = await database.Services.GetRequiredService<InstanceIngest>().BeginAsync(scope, Sending.Origin(dataset), default);

        await begun.Value.WriteAsync(Sending.DatasetBytes(dataset).AsMemory(0, 150_000), default);
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Incoming());
        await begun.Value.DisposeAsync();

        await AssertNothingStaysAsync(database, scope);
    }

    [Fact]
    public async Task Store_EveryTransferSyntax_IsFiled()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();

        foreach (DicomTransferSyntax syntax in DicomTransferSyntax.All.Where(syntax => syntax.IsDatasetEncoding && !syntax.IsPixelDataReferenced))
        {
            var image = new PhantomImage { TransferSyntax = syntax, PixelBytes = 600 };
            DicomDataset dataset = image.ToDataset();
            (await database.Services.SendAsync(scope, Sending.Origin(dataset, syntax), Sending.DatasetBytes(dataset, syntax), pieces: 50)).Stored();
        }
    }

    private static async Task AssertNothingStaysAsync(TestDatabase database, FacilityScope scope)
    {
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Empty(disk.Incoming());
        Assert.Empty(disk.Objects());
        await using NoctisDbContext context = database.For(scope);
        Assert.False(await context.Set<Instance>().AnyAsync());
        Assert.False(await context.Set<Study>().AnyAsync());
        Assert.False(await context.Set<Patient>().AnyAsync());
    }
}
