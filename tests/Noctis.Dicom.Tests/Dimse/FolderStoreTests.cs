using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Dimse;

public sealed class FolderStoreTests : IDisposable
{
    private static readonly string CT = DicomUID.CTImageStorage.Value;
    private static readonly string ExplicitLE = DicomUID.ExplicitVRLittleEndian.Value;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noctis-folder-store-");

    private string[] Names => [.. _folder.EnumerateFiles().Select(file => file.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(512, true)]
    [InlineData(40_000, false)]
    [InlineData(3_000_000, false)]
    public async Task Store_AnyLength_IsAFileWithTheDatasetByteForByte(int pixelBytes, bool flush)
    {
        var store = new FolderStore(_folder.FullName) { FlushToDisk = flush };
        await using var server = await TestListener.StartAsync(services: DimseServices.EchoAndStore(store));
        await using var client = await server.ConnectAsync();
        var image = new PhantomImage { PixelBytes = pixelBytes };
        var dataset = new MemoryStream();
        DicomWriter.WriteDataset(dataset, image.ToDataset(), DicomTransferSyntax.ExplicitVRLittleEndian);

        var response = await client.StoreAsync(image.ToFile());

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal([image.SOPInstanceUID + ".dcm"], Names);
        var path = store.GetPath(image.SOPInstanceUID);
        Assert.Equal(dataset.ToArray(), File.ReadAllBytes(path)[^(int)dataset.Length..]);
        var file = DicomFile.Open(path);
        Assert.Equal(CT, file.FileMeta.GetString(DicomTag.MediaStorageSOPClassUID));
        Assert.Equal(image.SOPInstanceUID, file.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID));
        Assert.Equal(ExplicitLE, file.FileMeta.GetString(DicomTag.TransferSyntaxUID));
        Assert.Equal("MODALITY", file.FileMeta.GetString(DicomTag.SourceApplicationEntityTitle));
    }

    [Fact]
    public async Task Store_SameInstanceAgain_ReplacesTheFile()
    {
        var store = new FolderStore(_folder.FullName);
        await using var server = await TestListener.StartAsync(services: DimseServices.EchoAndStore(store));
        await using var client = await server.ConnectAsync();
        var image = new PhantomImage();

        await client.StoreAsync(image.ToFile());
        await client.StoreAsync((image with { SeriesDescription = "Second" }).ToFile());

        Assert.Equal([image.SOPInstanceUID + ".dcm"], Names);
        Assert.Equal("Second", DicomFile.Open(store.GetPath(image.SOPInstanceUID)).Dataset.GetString(DicomTag.SeriesDescription));
    }

    [Fact]
    public async Task Store_SenderBreaksOff_NothingStays()
    {
        await using var server = await TestListener.StartAsync(services: DimseServices.EchoAndStore(new FolderStore(_folder.FullName)));
        await using var client = await server.ConnectAsync();

        await Assert.ThrowsAnyAsync<Exception>(() =>
            client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new EndlessStream(failAfter: 1_000_000)));

        await server.Observer.NextEndedAsync();
        Assert.Empty(Names);
    }

    [Fact]
    public async Task Store_FolderHasGone_IsAFailureAndTheNextObjectIsServed()
    {
        var lost = Path.Combine(_folder.FullName, "lost");
        await using var server = await TestListener.StartAsync(services: DimseServices.EchoAndStore(new FolderStore(lost)));
        await using var client = await server.ConnectAsync();
        Directory.Delete(lost);

        var failure = await client.StoreAsync(new PhantomImage().ToFile());
        Directory.CreateDirectory(lost);
        var success = await client.StoreAsync(new PhantomImage().ToFile());

        Assert.Equal(DicomStatus.ProcessingFailure, failure.Status);
        Assert.Equal(DicomStatus.Success, success.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".1")]
    [InlineData("1/2")]
    [InlineData("1\\2")]
    [InlineData("../1.2.3")]
    [InlineData("1.2.3\0")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void GetPath_NoUid_Throws(string uid)
    {
        Assert.Throws<ArgumentException>(() => new FolderStore(_folder.FullName).GetPath(uid));
    }

    [Fact]
    public void GetPath_LongestUid_IsInTheFolder()
    {
        var uid = new string('1', DicomUID.MaxLength);

        Assert.Equal(Path.Combine(_folder.FullName, uid + ".dcm"), new FolderStore(_folder.FullName).GetPath(uid));
    }

    [Fact]
    public void IsDiskFull_WriteToAFullDevice_IsTold()
    {
        // The device that is always full is Linux's alone.
        if (!OperatingSystem.IsLinux())
            return;
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        Assert.True(FolderReceiver.IsDiskFull(Assert.ThrowsAny<IOException>(() => RandomAccess.Write(full, [1], 0))));
        Assert.False(FolderReceiver.IsDiskFull(new FileNotFoundException()));
    }
}
