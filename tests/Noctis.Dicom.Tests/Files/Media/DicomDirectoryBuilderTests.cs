using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Media;

namespace Noctis.Dicom.Tests.Files.Media;

public sealed class DicomDirectoryBuilderTests : IDisposable
{
    private static readonly DicomUID Uid = DicomUID.Parse("2.25.99");

    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-media-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_Files_AreATreeInOrder()
    {
        var builder = new DicomDirectoryBuilder("NOCTIS_1");
        builder.Add(Image("B", "1.2", "1.2.1", "1.2.1.2", 2), DicomFileId.Create("DICOM", "IM2"));
        builder.Add(Image("A", "1.1", "1.1.1", "1.1.1.1", 1), DicomFileId.Create("DICOM", "IM3"));
        builder.Add(Image("B", "1.2", "1.2.1", "1.2.1.1", 10), DicomFileId.Create("DICOM", "IM1"));

        var directory = Read(builder.Build(Uid));

        Assert.Empty(directory.Warnings);
        Assert.Empty(directory.Unreached);
        Assert.Equal("NOCTIS_1", directory.FileSetId);
        Assert.Equal(
            ["PATIENT A", "STUDY ", "SERIES ", @"IMAGE DICOM\IM3", "PATIENT B", "STUDY ", "SERIES ", @"IMAGE DICOM\IM2", @"IMAGE DICOM\IM1"],
            directory.Records.Select(r => $"{r.Type} {r.Keys.GetString(DicomTag.PatientID)}{r.FileId}"));
        Assert.Equal(Uid.Value, directory.File.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID));
        Assert.Equal(DicomUID.MediaStorageDirectoryStorage.Value, directory.File.FileMeta.GetString(DicomTag.MediaStorageSOPClassUID));
        Assert.Equal((ushort)0, directory.File.Dataset.GetUInt16(DicomTag.FileSetConsistencyFlag));
        Assert.Equal(
            (uint)directory.Roots[^1].Position,
            directory.File.Dataset.GetUInt32(DicomTag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity));
        var image = directory.Records.Last().Keys;
        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", image.GetString(DicomTag.ReferencedSOPClassUIDInFile));
        Assert.Equal("1.2.1.1", image.GetString(DicomTag.ReferencedSOPInstanceUIDInFile)?[..7]);
        Assert.Equal("1.2.840.10008.1.2.1", image.GetString(DicomTag.ReferencedTransferSyntaxUIDInFile));
        Assert.DoesNotContain(directory.File.Dataset.Validate(), _ => true);
    }

    [Fact]
    public void Build_FilesInAnyOrder_HasTheSameBytes()
    {
        var files = Enumerable.Range(0, 24)
            .Select(i => (Image($"P{i % 3}", $"1.{i % 3}.{i % 6}", $"1.{i % 3}.{i % 6}.{i % 12}", $"1.9.{i}", i, name: $"Name^{i}"), DicomFileId.Create($"F{i}")))
            .ToArray();

        var first = Bytes(files);
        new Random(7).Shuffle(files);

        Assert.Equal(first, Bytes(files));

        static byte[] Bytes(IEnumerable<(DicomFile File, DicomFileId Id)> files)
        {
            var builder = new DicomDirectoryBuilder();
            foreach (var (file, id) in files)
                builder.Add(file, id);
            using var stream = new MemoryStream();
            builder.Build(Uid).Save(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Build_KeysThatAreMissing_HaveStandIns()
    {
        var builder = new DicomDirectoryBuilder();
        builder.Add(Image(null, "1.1", "1.1.1", "1.1.1.1", null), DicomFileId.Create("A"));
        builder.Add(Image(null, "1.2", "1.2.1", "1.2.1.1", null), DicomFileId.Create("B"));

        var directory = Read(builder.Build());

        Assert.Equal(["1.1", "1.2"], directory.Roots.Select(r => r.Keys.GetString(DicomTag.PatientID)));
        var study = directory.Roots[0].Children[0].Keys;
        Assert.Equal(("19000101", "000000", "STUDY1"), (study.GetString(DicomTag.StudyDate), study.GetString(DicomTag.StudyTime), study.GetString(DicomTag.StudyID)));
        Assert.True(study.Contains(DicomTag.AccessionNumber));
        Assert.Equal("1", directory.Records.First(r => r.Type == "IMAGE").Keys.GetString(DicomTag.InstanceNumber));
    }

    [Fact]
    public void Build_TextAboveAscii_KeepsItsCharacterSet()
    {
        var file = Image("1", "1.1", "1.1.1", "1.1.1.1", 1);
        file.Dataset.SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100").SetString(DicomTag.PatientName, "Müller^Anna");
        var builder = new DicomDirectoryBuilder();
        builder.Add(file, DicomFileId.Create("A"));

        Assert.Equal("Müller^Anna", Read(builder.Build()).Roots[0].Keys.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Build_VerifiedReport_HasTheKeysOfADocument()
    {
        var file = Image("1", "1.1", "1.1.1", "1.1.1.1", 1, sopClass: DicomUID.BasicTextSRStorage.Value);
        file.Dataset
            .SetString(DicomTag.CompletionFlag, "COMPLETE")
            .SetString(DicomTag.VerificationFlag, "VERIFIED")
            .SetSequence(
                DicomTag.VerifyingObserverSequence,
                new DicomDataset().SetString(DicomTag.VerificationDateTime, "20260101"),
                new DicomDataset().SetString(DicomTag.VerificationDateTime, "20260102"))
            .SetSequence(DicomTag.ConceptNameCodeSequence, new DicomDataset().SetString(DicomTag.CodeValue, "11528-7"))
            .SetSequence(
                DicomTag.ContentSequence,
                new DicomDataset().SetString(DicomTag.RelationshipType, "CONTAINS").SetString(DicomTag.TextValue, "not a key"),
                new DicomDataset().SetString(DicomTag.RelationshipType, "HAS CONCEPT MOD"));
        var builder = new DicomDirectoryBuilder();
        builder.Add(file, DicomFileId.Create("A"));

        var record = Read(builder.Build()).Records.Last();

        Assert.Equal(("SR DOCUMENT", "20260102"), (record.Type, record.Keys.GetString(DicomTag.VerificationDateTime)));
        Assert.Equal("HAS CONCEPT MOD", Assert.Single(record.Keys.GetSequence(DicomTag.ContentSequence)!.Items).GetString(DicomTag.RelationshipType));
        Assert.Same(file.Dataset.GetSequence(DicomTag.ContentSequence), file.Dataset.GetSequence(DicomTag.ContentSequence)!.Items[1].OwnerSequence);
    }

    [Fact]
    public void Build_ObjectWithoutPatient_StandsAtTheRoot()
    {
        var builder = new DicomDirectoryBuilder();
        builder.Add(Image("1", "1.1", "1.1.1", "1.1.1.1", 1), DicomFileId.Create("A"));
        builder.Add(
            new DicomFile(
                new DicomDataset().SetString(DicomTag.SOPClassUID, DicomUID.ColorPaletteStorage.Value).SetString(DicomTag.SOPInstanceUID, "1.5").SetString(DicomTag.ContentLabel, "HOT"),
                DicomTransferSyntax.ExplicitVRLittleEndian),
            DicomFileId.Create("P"));

        Assert.Equal(["PATIENT", "PALETTE"], Read(builder.Build()).Roots.Select(r => r.Type));
    }

    [Fact]
    public void Add_WhatCannotBeReferredTo_IsRefused()
    {
        var builder = new DicomDirectoryBuilder();
        builder.Add(Image("1", "1.1", "1.1.1", "1.1.1.1", 1), DicomFileId.Create("A"));

        Refused(Image("1", "1.1", "1.1.1", "1.1.1.2", 1), "A", "taken");
        Refused(Image("1", "1.1", "1.1.1", "1.1.1.2", 1), "image1.dcm", "PS3.10 8.2");
        Refused(Image("2", "1.1", "1.1.1", "1.1.1.2", 1), "B", "another patient's");
        Refused(Image("1", "1.2", "1.1.1", "1.1.1.2", 1), "B", "another study's");
        Refused(Image("1", "1.2", "", "1.1.1.2", 1), "B", "SeriesInstanceUID");
        Assert.Equal(1, builder.Count);
        Assert.Throws<ArgumentException>(() => new DicomDirectoryBuilder("lower case"));

        void Refused(DicomFile file, string id, string reason) => Assert.Contains(
            reason, Assert.Throws<DicomDataException>(() => builder.Add(file, DicomFileId.Create(id))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddFolder_FilesAndOthers_TakesWhatItCanAndSaysWhatNot()
    {
        var sub = Directory.CreateDirectory(Path.Combine(_folder, "DICOM")).FullName;
        Image("1", "1.1", "1.1.1", "1.1.1.1", 1).Save(Path.Combine(sub, "IM1"));
        Image("1", "1.1", "1.1.1", "1.1.1.2", 2).Save(Path.Combine(sub, "im2.dcm"));
        File.WriteAllText(Path.Combine(_folder, "README"), "text");
        File.CreateSymbolicLink(Path.Combine(_folder, "LINK"), Path.Combine(sub, "IM1"));
        var builder = new DicomDirectoryBuilder();

        var leftOut = builder.AddFolder(_folder);
        var path = builder.Save(_folder, Uid);

        Assert.Equal(["DICOM/im2.dcm", "README"], leftOut.Select(f => f.Path.Replace('\\', '/')));
        var directory = DicomDirectory.Open(path);
        var image = Assert.Single(directory.Records, r => r.HasFile);
        Assert.Equal(Path.Combine(sub, "IM1"), directory.FindFile(image));
        var bytes = File.ReadAllBytes(path);

        // The directory that is there now is no file of the set.
        var again = new DicomDirectoryBuilder();
        again.AddFolder(_folder);
        Assert.Equal(bytes, File.ReadAllBytes(again.Save(_folder, Uid)));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "IMAGE")]
    [InlineData("1.2.840.10008.5.1.4.1.1.66.4", "IMAGE")]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.2", "RT DOSE")]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.8", "RT PLAN")]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.6", "RT TREAT RECORD")]
    [InlineData("1.2.840.10008.5.1.4.1.1.11.1", "PRESENTATION")]
    [InlineData("1.2.840.10008.5.1.4.1.1.11.3", "PRESENTATION")]
    [InlineData("1.2.840.10008.5.1.4.1.1.9.1.1", "WAVEFORM")]
    [InlineData("1.2.840.10008.5.1.4.1.1.88.11", "SR DOCUMENT")]
    [InlineData("1.2.840.10008.5.1.4.1.1.88.67", "SR DOCUMENT")]
    [InlineData("1.2.840.10008.5.1.4.1.1.88.59", "KEY OBJECT DOC")]
    [InlineData("1.2.840.10008.5.1.4.1.1.104.1", "ENCAP DOC")]
    [InlineData("1.2.840.10008.5.1.4.1.1.66", "RAW DATA")]
    [InlineData("1.2.840.10008.5.1.4.1.1.78.1", "MEASUREMENT")]
    [InlineData("1.2.840.10008.5.1.4.38.1", "HANGING PROTOCOL")]
    [InlineData("1.2.3.4", "IMAGE")]
    public void TypeOf_SopClass_IsTheOneOfTheStandard(string sopClass, string type) =>
        Assert.Equal(type, DicomDirectoryRecordType.Of(DicomUID.Parse(sopClass)));

    [Fact]
    public void TypeOf_EveryStorageSopClass_HasKeys()
    {
        foreach (var sopClass in DicomUID.StorageSopClasses)
        {
            var type = DicomDirectoryRecordType.Of(sopClass);
            Assert.True(type is "STEREOMETRIC" || DirectoryKeys.Of(type).Count > 1 || type == "PLAN", $"{sopClass.Keyword}: {type}");
            Assert.Matches("^[A-Z0-9 ]{1,16}$", type);
        }
    }

    internal static DicomFile Image(
        string? patient, string study, string series, string instance, int? number, string? sopClass = null, string name = "Doe^Jane")
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SOPClassUID, sopClass ?? "1.2.840.10008.5.1.4.1.1.2")
            .SetString(DicomTag.SOPInstanceUID, instance)
            .SetString(DicomTag.StudyInstanceUID, study)
            .SetString(DicomTag.SeriesInstanceUID, series)
            .SetString(DicomTag.Modality, "CT")
            .SetString(DicomTag.PatientName, name);
        if (patient is not null)
            dataset.SetString(DicomTag.PatientID, patient);
        if (number is { } known)
            dataset.SetInt32(DicomTag.InstanceNumber, known).SetInt32(DicomTag.SeriesNumber, 1);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
    }

    private static DicomDirectory Read(DicomFile file)
    {
        var stream = new MemoryStream();
        file.Save(stream);
        stream.Position = 0;
        return DicomDirectory.Open(stream);
    }
}
