using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Files;

public sealed class DicomFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-files-").FullName;

    public static TheoryData<string> WritableSyntaxes =>
        [.. DicomTransferSyntax.All.Where(s => s.IsDatasetEncoding).Select(s => s.UID.Value)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(WritableSyntaxes))]
    public async Task Save_EachTransferSyntax_ReadsBackTheSame(string uid)
    {
        var image = new PhantomImage { TransferSyntax = DicomTransferSyntax.Lookup(uid)!, PixelBytes = 100_000 };
        var expected = ListedElement.List(image.ToDataset()).ToList();
        var path = Path.Combine(_folder, "image.dcm");

        await image.ToFile().SaveAsync(path);
        var read = await DicomFile.OpenAsync(path);
        var fromStream = DicomFile.Open(new MemoryStream(image.ToBytes()));
        var deferred = DicomFile.Open(path, new DicomReadOptions { DeferValuesAbove = 1000 });

        Assert.Equal(uid, read.TransferSyntax.UID.Value);
        Assert.Equal(expected, ListedElement.List(read.Dataset));
        Assert.Equal(expected, ListedElement.List(fromStream.Dataset));
        Assert.Equal(expected, ListedElement.List(deferred.Dataset));
        Assert.Equal(!read.TransferSyntax.IsDeflated, deferred.Dataset[DicomTag.PixelData] is DicomDeferredElement);
    }

    [Fact]
    public void Save_MetaGroup_TellsObjectSyntaxAndWhoWroteIt()
    {
        var image = new PhantomImage();

        var bytes = image.ToBytes();
        var meta = DicomFile.Open(new MemoryStream(bytes)).FileMeta;

        Assert.Equal("DICM"u8, bytes.AsSpan(128, 4));
        Assert.Equal(image.SOPClassUID, meta.GetString(DicomTag.MediaStorageSOPClassUID));
        Assert.Equal(image.SOPInstanceUID, meta.GetString(DicomTag.MediaStorageSOPInstanceUID));
        Assert.Equal(DicomTransferSyntax.ExplicitVRLittleEndian.UID.Value, meta.GetString(DicomTag.TransferSyntaxUID));
        Assert.Equal(DicomImplementation.ClassUID, meta.GetString(DicomTag.ImplementationClassUID));
        Assert.Equal(DicomImplementation.VersionName, meta.GetString(DicomTag.ImplementationVersionName));
        Assert.True(DicomUID.IsValid(DicomImplementation.ClassUID));
        Assert.InRange(DicomImplementation.VersionName.Length, 1, 16);

        // The group length leads exactly to the data set, which begins with Specific Character Set.
        var length = meta.GetInt32(DicomTag.FileMetaInformationGroupLength)!.Value;
        Assert.Equal(Raw.Bytes("08 00 05 00 'CS'"), bytes.AsSpan(128 + 4 + 12 + length, 6).ToArray());
    }

    [Fact]
    public void Save_ObjectWithAnInvalidUid_IsWrittenWithTheSameOneInTheMetaGroup()
    {
        var dataset = new DicomDataset { new DicomValueElement(DicomTag.SOPInstanceUID, DicomVR.UI, new byte[] { 0x31, 0xFF, 0x5C, 0x00 }) };
        using var stream = new MemoryStream();

        new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian).Save(stream);
        stream.Position = 0;
        var meta = DicomFile.Open(stream).FileMeta;

        Assert.Equal([0x31, 0xFF, 0x5C, 0x00], ((DicomValueElement)meta[DicomTag.MediaStorageSOPInstanceUID]).Value.ToArray());
    }

    [Fact]
    public void Save_MetaElementsInTheDataSet_AreLeftOut()
    {
        var dataset = new DicomDataset().SetString(DicomTag.PatientID, "A1").SetString(DicomTag.TransferSyntaxUID, "1.2.840.10008.1.2.2");
        using var stream = new MemoryStream();

        new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian).Save(stream);
        stream.Position = 0;
        var read = DicomFile.Open(stream);

        Assert.Equal(DicomTransferSyntax.ExplicitVRLittleEndian, read.TransferSyntax);
        Assert.Equal([DicomTag.PatientID], read.Dataset.Select(e => e.Tag));
    }

    [Fact]
    public void FileMetaWriter_ThenADataSetAsItCame_IsAFile()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var dataset = Samples.Dataset(DicomTransferSyntax.ImplicitVRLittleEndian);

        DicomFileMetaWriter.Write(buffer, "1.2.3", "1.2.3.4", DicomTransferSyntax.ImplicitVRLittleEndian, "SCANNER1");
        DicomWriter.WriteDataset(buffer, dataset, DicomTransferSyntax.ImplicitVRLittleEndian);
        var file = DicomFile.Open(new MemoryStream(buffer.WrittenSpan.ToArray()));

        Assert.Equal(DicomTransferSyntax.ImplicitVRLittleEndian, file.TransferSyntax);
        Assert.Equal("1.2.3", file.FileMeta.GetString(DicomTag.MediaStorageSOPClassUID));
        Assert.Equal("1.2.3.4", file.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID));
        Assert.Equal("SCANNER1", file.FileMeta.GetString(DicomTag.SourceApplicationEntityTitle));
        Assert.Equal(ListedElement.List(dataset), ListedElement.List(file.Dataset));
    }

    [Fact]
    public void Open_StopBeforePixelData_ReadsTheRest()
    {
        var path = new PhantomImage().Save(Path.Combine(_folder, "image.dcm"));

        var file = DicomFile.Open(path, DicomReadOptions.WithoutPixelData);
        var less = DicomFile.Open(path, new DicomReadOptions { StopBeforePixelData = true, StopBefore = DicomTag.PatientID });

        Assert.False(file.Dataset.Contains(DicomTag.PixelData));
        Assert.True(file.Dataset.Contains(DicomTag.PixelRepresentation));
        Assert.Equal(DicomTag.PatientName, less.Dataset.Last().Tag);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.2", "1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2", "1.2.840.10008.1.2.1.99")]
    [InlineData("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.50")]
    public async Task Deferred_WrittenToAnotherFile_HoldsNothingInMemory(string from, string to)
    {
        var image = new PhantomImage { TransferSyntax = DicomTransferSyntax.Lookup(from)!, PixelBytes = 8_000_000 };
        var source = image.Save(Path.Combine(_folder, "source.dcm"));
        var target = Path.Combine(_folder, "target.dcm");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = DicomFile.Open(source, new DicomReadOptions { DeferValuesAbove = 100_000 }).WithTransferSyntax(DicomTransferSyntax.Lookup(to)!);
        file.Save(target);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 2_000_000);
        var expected = ListedElement.List(image.ToDataset()).ToList();
        Assert.Equal(expected, ListedElement.List(DicomFile.Open(target).Dataset));
        await file.SaveAsync(target);
        Assert.Equal(expected, ListedElement.List(DicomFile.Open(target).Dataset));
    }

    [Fact]
    public void Deferred_SavedOverItsOwnSource_KeepsTheValue()
    {
        var image = new PhantomImage { PixelBytes = 300_000 };
        var path = image.Save(Path.Combine(_folder, "image.dcm"));

        var file = DicomFile.Open(path, new DicomReadOptions { DeferValuesAbove = 1000 });
        file.Dataset.SetString(DicomTag.PatientID, "another");
        file.Save(path);

        var read = DicomFile.Open(path);
        Assert.Equal("another", read.Dataset.GetString(DicomTag.PatientID));
        Assert.Equal(
            ListedElement.List(new DicomDataset(image.ToDataset().Where(e => e.Tag == DicomTag.PixelData))),
            ListedElement.List(new DicomDataset(read.Dataset.Where(e => e.Tag == DicomTag.PixelData))));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Save_Fails_LeavesTheOldFileAndNothingElse()
    {
        var path = new PhantomImage { PatientID = "old" }.Save(Path.Combine(_folder, "image.dcm"));
        var broken = new PhantomImage { PatientID = "new" }.ToDataset()
            .AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[2]]));

        Assert.Throws<DicomDataException>(() => new DicomFile(broken, DicomTransferSyntax.ExplicitVRLittleEndian).Save(path));

        Assert.Equal("old", DicomFile.Open(path).Dataset.GetString(DicomTag.PatientID));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WithTransferSyntax_BetweenCompressedAndNot_IsRefused()
    {
        var native = new PhantomImage().ToFile();
        var compressed = new PhantomImage { TransferSyntax = DicomTransferSyntax.RLELossless }.ToFile();

        Assert.Throws<DicomDataException>(() => native.WithTransferSyntax(DicomTransferSyntax.RLELossless));
        Assert.Throws<DicomDataException>(() => compressed.WithTransferSyntax(DicomTransferSyntax.ExplicitVRLittleEndian));
    }

    [Fact]
    public void Open_FromAStreamThatStandsInTheMiddle_ReadsFromThere()
    {
        var image = new PhantomImage();
        using var stream = new MemoryStream([.. new byte[777], .. image.ToBytes()]) { Position = 777 };

        var read = DicomFile.Open(stream);

        Assert.Equal(ListedElement.List(image.ToDataset()), ListedElement.List(read.Dataset));
    }

    [PydicomFact]
    public void Save_EachTransferSyntax_PydicomReadsTheSame()
    {
        var images = DicomTransferSyntax.All.Where(s => s.IsDatasetEncoding && !s.IsPixelDataReferenced)
            .Select((syntax, i) => (Image: new PhantomImage { TransferSyntax = syntax }, Path: Path.Combine(_folder, $"{i}.dcm")))
            .ToList();
        foreach (var (image, path) in images)
            image.Save(path);

        var read = Pydicom.Read(images.Select(i => i.Path));

        // Without the VRs, which pydicom cannot know in implicit VR.
        Assert.All(images, i => Assert.Equal(
            ListedElement.List(i.Image.ToDataset()).Select(e => (e.Place, e.Length, e.Hash)),
            read[i.Path].Select(e => (e.Place, e.Length, e.Hash))));
    }
}
