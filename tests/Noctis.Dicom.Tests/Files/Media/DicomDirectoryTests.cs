using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Media;

namespace Noctis.Dicom.Tests.Files.Media;

/// <summary>Directories made by hand, record by record: what their offsets say is what is read, or a warning.</summary>
public sealed class DicomDirectoryTests
{
    private static readonly DicomTag Next = DicomTag.OffsetOfTheNextDirectoryRecord;
    private static readonly DicomTag Lower = DicomTag.OffsetOfReferencedLowerLevelDirectoryEntity;

    [Fact]
    public void Open_TreeOfOffsets_IsTheTree()
    {
        var directory = Open(Make([Record("PATIENT", 1, 2), Record("PATIENT", -1, -1), Record("STUDY", 3, -1), Record("STUDY", -1, -1)]));

        Assert.Empty(directory.Warnings);
        Assert.Equal("SET", directory.FileSetId);
        Assert.Equal(2, directory.Roots.Count);
        Assert.Equal(["PATIENT", "STUDY", "STUDY", "PATIENT"], directory.Records.Select(r => r.Type));
        Assert.Same(directory.Roots[0], directory.Roots[0].Children[1].Parent);
        Assert.All(directory.Records, r => Assert.True(r.IsInUse));
    }

    [Fact]
    public void Open_RecordNotInUse_SaysSo()
    {
        var record = Record("PATIENT", -1, -1).SetUInt16(DicomTag.RecordInUseFlag, 0);

        Assert.False(Open(Make([record])).Roots[0].IsInUse);
    }

    [Theory]
    [InlineData("itself next", 0, -1, 1)]
    [InlineData("itself below", -1, 0, 1)]
    [InlineData("another one twice", 1, 1, 2)]
    public void Open_RecordReachedTwice_IsTakenOnceWithAWarning(string what, int next, int lower, int reached)
    {
        var directory = Open(Make([Record("PATIENT", next, lower), Record("STUDY", -1, -1)]));

        Assert.Equal(reached, directory.Records.Count());
        Assert.True(directory.Warnings[0].Contains("has its place already", StringComparison.Ordinal), what);
        Assert.Equal(2 - reached, directory.Unreached.Count);
    }

    [Fact]
    public void Open_LongCircle_IsTakenOnce()
    {
        const int count = 1000;
        var directory = Open(Make(Enumerable.Range(0, count).Select(i => Record("STUDY", -1, (i + 1) % count)).ToArray()));

        Assert.Equal(count, directory.Records.Count());
        Assert.Single(directory.Warnings);
    }

    [Fact]
    public void Open_DeepTree_IsReadWithoutRecursion() =>
        Assert.Equal(50_000, Open(Make(Enumerable.Range(0, 50_000).Select(i => Record("STUDY", -1, i == 49_999 ? -1 : i + 1)).ToArray())).Records.Count());

    [Theory]
    [InlineData(7u)]
    [InlineData(uint.MaxValue)]
    public void Open_OffsetToNowhere_EndsTheEntityWithAWarning(uint offset)
    {
        var bytes = Make([Record("PATIENT", -1, -1), Record("PATIENT", -1, -1)]);
        Patch(bytes, Next, 0, offset);

        var directory = Open(bytes);

        Assert.Single(directory.Roots);
        Assert.Single(directory.Unreached);
        Assert.Contains($"the offset {offset} leads to no record", directory.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OffsetsCountedFromAnotherPlace_AreMovedWithAWarning()
    {
        var bytes = Make([Record("PATIENT", 1, 2), Record("PATIENT", -1, -1), Record("STUDY", -1, -1)], shift: -132);

        var directory = Open(bytes);

        Assert.Equal(["PATIENT", "STUDY", "PATIENT"], directory.Records.Select(r => r.Type));
        Assert.Equal(["All offsets are 132 bytes too small."], directory.Warnings);
    }

    [Fact]
    public void Open_NoRecords_IsEmpty()
    {
        var directory = Open(Make([]));

        Assert.Empty(directory.Roots);
        Assert.Empty(directory.Warnings);
    }

    [Fact]
    public void Open_AnotherFile_IsRefused()
    {
        using var stream = new MemoryStream();
        new DicomFile(new DicomDataset().SetString(DicomTag.PatientID, "1"), DicomTransferSyntax.ExplicitVRLittleEndian).Save(stream);

        Assert.Contains("no DICOMDIR", Assert.Throws<DicomDataException>(() => Open(stream.ToArray())).Message, StringComparison.Ordinal);
        Assert.Throws<DicomDataException>(() => Open("DICOMDIR"u8.ToArray()));
    }

    [Fact]
    public void Open_CutAtEachByte_IsRefused()
    {
        var bytes = Make([Record("PATIENT", 1, 2), Record("PATIENT", -1, -1), Record("STUDY", -1, -1)]);

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            var error = Xunit.Record.Exception(() => Open(cut));
            Assert.True(error is DicomDataException, $"{length}: {error}");
        }
    }

    [Fact]
    public void Open_RandomOffsets_EndInATree() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var count = random.Next(1, 30);
        var directory = Open(Make([.. Enumerable.Range(0, count).Select(_ => Record("STUDY", random.Next(-1, count), random.Next(-1, count)))]));

        var reached = directory.Records.ToList();
        Assert.Equal(reached.Count, reached.Distinct().Count());
        Assert.Equal(count, reached.Count + directory.Unreached.Count);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void FindFile_ReferenceOutOfTheFolder_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("noctis-media-").FullName;
        try
        {
            var evil = Record("IMAGE", -1, -1).SetString(DicomTag.ReferencedFileID, "..", "..", "etc", "passwd");
            File.WriteAllBytes(Path.Combine(folder, "dicomdir"), Make([evil]));

            var directory = DicomDirectory.Open(folder);

            Assert.Null(directory.Roots[0].FileId);
            Assert.Throws<DicomDataException>(() => directory.FindFile(directory.Roots[0]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DicomDirectory Open(byte[] bytes) => DicomDirectory.Open(new MemoryStream(bytes));

    /// <summary>A record whose offsets are numbers of records for now; -1: none.</summary>
    private static DicomDataset Record(string type, int next, int lower) => new DicomDataset()
        .SetUInt32(Next, (uint)(next + 1))
        .SetUInt16(DicomTag.RecordInUseFlag, 0xFFFF)
        .SetUInt32(Lower, (uint)(lower + 1))
        .SetString(DicomTag.DirectoryRecordType, type);

    private static byte[] Make(DicomDataset[] records, int shift = 0)
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.FileSetID, "SET")
            .SetUInt32(DicomTag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, records.Length == 0 ? 0u : 1u)
            .SetUInt32(DicomTag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, 0)
            .SetUInt16(DicomTag.FileSetConsistencyFlag, 0)
            .SetSequence(DicomTag.DirectoryRecordSequence, records);
        var file = new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        using var stream = new MemoryStream();
        file.Save(stream);
        var positions = new List<long>();
        stream.Position = 0;
        DicomFile.Open(stream, DicomReadOptions.Default, (_, position, _) => positions.Add(position));
        Place(dataset, DicomTag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity);
        foreach (var record in records)
        {
            Place(record, Next);
            Place(record, Lower);
        }

        stream.SetLength(0);
        file.Save(stream);
        return stream.ToArray();

        void Place(DicomDataset keys, DicomTag tag)
        {
            var number = keys.GetUInt32(tag)!.Value;
            keys.SetUInt32(tag, number == 0 ? 0 : (uint)(positions[(int)number - 1] + shift));
        }
    }

    /// <summary>Writes an offset into the record of this number.</summary>
    private static void Patch(byte[] bytes, DicomTag tag, int record, uint value)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), tag.Element);
        "UL"u8.CopyTo(header.AsSpan(4));
        header[6] = 4;
        var at = 0;
        for (var i = 0; i <= record; i++)
            at += bytes.AsSpan(at).IndexOf(header) + header.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
