using System.Buffers.Binary;
using System.IO.Compression;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Files;

/// <summary>Data made to hurt: it ends in an error that says why, before memory is taken or the stack is used up.</summary>
public sealed class HostileInputTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly DicomTransferSyntax Implicit = DicomTransferSyntax.ImplicitVRLittleEndian;
    private static readonly DicomTransferSyntax Explicit = DicomTransferSyntax.ExplicitVRLittleEndian;

    public static TheoryData<string, string> LyingLengths => new()
    {
        { "value of 4 GB", "42 00 11 00 'OB' 00 00 FE FF FF FF 01 02" },
        { "value of 2 GB", "42 00 11 00 'OB' 00 00 00 00 00 80 01 02" },
        { "value one byte too long", "10 00 10 00 'PN' 05 00 'Doe^'" },
        { "sequence of 4 GB", "08 00 40 11 'SQ' 00 00 FE FF FF FF FE FF 00 E0 00 00 00 00" },
        { "item of 4 GB", "08 00 40 11 'SQ' 00 00 FF FF FF FF FE FF 00 E0 FE FF FF FF" },
        { "item longer than its sequence", "08 00 40 11 'SQ' 00 00 08 00 00 00 FE FF 00 E0 0A 00 00 00 10 00 20 00 'LO' 02 00 'A1'" },
        { "element longer than its item", "08 00 40 11 'SQ' 00 00 12 00 00 00 FE FF 00 E0 0A 00 00 00 10 00 20 00 'LO' 04 00 'A1' 10 00 30 00 'DA' 00 00" },
        { "element header longer than its item", "08 00 40 11 'SQ' 00 00 0C 00 00 00 FE FF 00 E0 04 00 00 00 10 00 20 00 'LO' 04 00 'A1'" },
        { "sequence without room for an item", "08 00 40 11 'SQ' 00 00 04 00 00 00 FE FF 00 E0 00 00 00 00" },
        { "fragment of 4 GB", "E0 7F 10 00 'OB' 00 00 FF FF FF FF FE FF 00 E0 00 00 00 00 FE FF 00 E0 FE FF FF FF 01 02" },
        { "fragment of undefined length", "E0 7F 10 00 'OB' 00 00 FF FF FF FF FE FF 00 E0 FF FF FF FF FE FF DD E0 00 00 00 00" },
        { "sequence never closed", "08 00 40 11 'SQ' 00 00 FF FF FF FF FE FF 00 E0 00 00 00 00" },
        { "item never closed", "08 00 40 11 'SQ' 00 00 FF FF FF FF FE FF 00 E0 FF FF FF FF FE FF DD E0 00 00 00 00" },
        { "fragments never closed", "E0 7F 10 00 'OB' 00 00 FF FF FF FF FE FF 00 E0 00 00 00 00" },
        { "element between items", "08 00 40 11 'SQ' 00 00 FF FF FF FF 10 00 20 00 'LO' 02 00 'A1' FE FF DD E0 00 00 00 00" },
        { "element between fragments", "E0 7F 10 00 'OB' 00 00 FF FF FF FF 10 00 20 00 'LO' 02 00 'A1' FE FF DD E0 00 00 00 00" },
        { "item outside of a sequence", "FE FF 00 E0 00 00 00 00" },
        { "text of undefined length", "10 00 20 00 'UT' 00 00 FF FF FF FF FE FF DD E0 00 00 00 00" },
        { "half a header", "10 00 20 00 'LO'" },
        { "zeros and then more", "10 00 20 00 'LO' 02 00 'A1' 00 00 00 00 00 00 00 00 00 01" },
    };

    [Theory]
    [MemberData(nameof(LyingLengths))]
    public void Reader_LyingLength_IsRefusedWithoutTakingMemory(string what, string bytes)
    {
        var data = Raw.Bytes(bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var fromMemory = Record.Exception(() => DicomReader.ReadDataset(data, Explicit));
        var fromStream = Record.Exception(() => DicomReader.ReadDataset(new MemoryStream(data), Explicit));
        var fromPipe = Record.Exception(() => DicomReader.ReadDataset(new TrickleStream(data), Explicit));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsType<DicomDataException>(fromMemory);
        Assert.IsType<DicomDataException>(fromStream);
        Assert.IsType<DicomDataException>(fromPipe);
        Assert.True(allocated < Megabyte, $"{what}: {allocated} bytes were allocated.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reader_NestedTooDeep_IsRefused(bool knownLengths)
    {
        var data = knownLengths ? NestedKnown(1800) : NestedUndefined(1800);

        var error = Assert.Throws<DicomDataException>(() => DicomReader.ReadDataset(data, Implicit));

        Assert.Contains("nested deeper than 64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void File_NestedTooDeep_IsRefused(bool knownLengths)
    {
        byte[] bytes = [.. Raw.FileHead(DicomUID.ImplicitVRLittleEndian.Value), .. knownLengths ? NestedKnown(1800) : NestedUndefined(1800)];

        var error = Assert.Throws<DicomDataException>(() => DicomFile.Open(new MemoryStream(bytes)));

        Assert.Contains("nested deeper than 64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HeaderScanner_NestedTooDeep_IsRefusedAlsoWhereNothingIsKept()
    {
        using var scanner = new DicomHeaderScanner(Implicit);

        Assert.Throws<DicomDataException>(() => scanner.Push(NestedUndefined(1800)));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    public void Reader_NestedToTheLimit_IsRead(int depth)
    {
        var dataset = DicomReader.ReadDataset(NestedUndefined(depth), Implicit);

        for (var level = 0; level < depth; level++)
            dataset = dataset.GetSequence(DicomTag.ContentSequence)!.Items[0];
        Assert.Equal(0, dataset.Count);
    }

    [Fact]
    public void Reader_DeepNestingAllowed_UsesNoStack()
    {
        var read = DicomReader.ReadDataset(NestedUndefined(20_000), Implicit, new DicomReadOptions { MaxDepth = 20_000 });

        Assert.NotNull(read.GetSequence(DicomTag.ContentSequence));
        var innermost = read;
        while (innermost.GetSequence(DicomTag.ContentSequence) is { } sequence)
            innermost = sequence.Items[0];
        Assert.Same(DicomCharacterSet.Undeclared, innermost.CharacterSet);
    }

    [Fact]
    public void Writer_NestedTooDeep_IsRefused()
    {
        var dataset = new DicomDataset();
        for (var level = 0; level < 2000; level++)
            dataset = new DicomDataset { new DicomSequence(DicomTag.ContentSequence, dataset) };

        Assert.Throws<DicomDataException>(() => Samples.Encode(dataset, Explicit));
    }

    [Fact]
    public void Reader_TooManyElements_AreRefused()
    {
        var data = Enumerable.Repeat(Raw.Bytes("FE FF 00 E0 00 00 00 00"), 2000).SelectMany(b => b).ToArray();
        byte[] sequence = [.. Raw.Bytes("08 00 40 11 FF FF FF FF"), .. data, .. Raw.Bytes("FE FF DD E0 00 00 00 00")];

        var error = Assert.Throws<DicomDataException>(
            () => DicomReader.ReadDataset(sequence, Implicit, new DicomReadOptions { MaxElementCount = 1000 }));

        Assert.Contains("more than 1000 elements", error.Message, StringComparison.Ordinal);
        Assert.Equal(2002, 2 + DicomReader.ReadDataset(sequence, Implicit).GetSequence(DicomTag.ReferencedImageSequence)!.Items.Count);
    }

    [Fact]
    public void Reader_ManyEmptyItems_CountAgainstTheBytesHeld()
    {
        var items = new byte[80_000];
        for (var at = 0; at < items.Length; at += 8)
            Raw.Bytes("FE FF 00 E0 00 00 00 00").CopyTo(items, at);
        byte[] data = [.. Raw.Bytes("08 00 40 11 80 38 01 00"), .. items];

        var error = Assert.Throws<DicomDataException>(
            () => DicomReader.ReadDataset(data, Implicit, new DicomReadOptions { MaxHeldBytes = Megabyte }));

        Assert.Contains($"more than {Megabyte} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_ValueAboveTheLimit_IsRefused()
    {
        var data = Samples.Encode(new DicomDataset { new DicomValueElement(DicomTag.PixelData, DicomVR.OB, new byte[2000]) }, Explicit);

        var error = Assert.Throws<DicomDataException>(
            () => DicomReader.ReadDataset(data, Explicit, new DicomReadOptions { MaxElementLength = 1999 }));

        Assert.Contains("2000 bytes long", error.Message, StringComparison.Ordinal);
        Assert.Equal(DicomTag.PixelData, error.Tag);
        Assert.Equal(0, error.Offset);
    }

    [Fact]
    public void Reader_ShortValuesAllowedAlone_SequencesAreNoValues()
    {
        var data = Samples.Encode(new DicomDataset().SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.PatientID, "A1")), Explicit);

        var read = DicomReader.ReadDataset(data, Explicit, new DicomReadOptions { MaxElementLength = 2 });

        Assert.Equal("A1", read.GetSequence(DicomTag.ReferencedImageSequence)!.Items[0].GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Reader_StreamThatPromisesMuch_TakesMemoryAsBytesCome()
    {
        // 1 GB is promised by a source of unknown length, 100 KB come.
        byte[] data = [.. Raw.Bytes("42 00 11 00 'OB' 00 00 00 00 00 40"), .. new byte[100_000]];

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomDataException>(() => DicomReader.ReadDataset(new TrickleStream(data), Explicit));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * Megabyte);
    }

    [Fact]
    public void Reader_DeflatedBomb_IsStoppedAtTheLimit()
    {
        // 64 MB of zeros in 64 KB, inside of one value.
        var plain = new byte[64 * Megabyte];
        Raw.Bytes("42 00 11 00 'OB' 00 00").CopyTo(plain, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(8), (uint)plain.Length - 12);
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(plain);
        var data = packed.ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DicomDataException>(() => DicomReader.ReadDataset(
            data, DicomTransferSyntax.DeflatedExplicitVRLittleEndian, new DicomReadOptions { MaxInflatedBytes = 4 * Megabyte }));

        Assert.Contains("inflates to more than", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * Megabyte);
    }

    [Fact]
    public void Reader_DamagedDeflate_IsADataException()
    {
        var data = Samples.Encode(Samples.Dataset(Explicit), DicomTransferSyntax.DeflatedExplicitVRLittleEndian);
        data.AsSpan(10).Fill(0xFF);

        Assert.Throws<DicomDataException>(() => DicomReader.ReadDataset(data, DicomTransferSyntax.DeflatedExplicitVRLittleEndian));
    }

    [Fact]
    public void Reader_ElementsInDescendingOrder_AreReadInOrder()
    {
        var bytes = new List<byte>();
        for (var element = 20_000; element > 0; element--)
            bytes.AddRange(Raw.Bytes("09 00", $"{element & 255:X2} {element >> 8:X2}", "00 00 00 00"));

        var read = DicomReader.ReadDataset(bytes.ToArray(), Implicit);

        Assert.Equal(20_000, read.Count);
        Assert.Equal(read.Select(e => e.Tag).Order(), read.Select(e => e.Tag));
    }

    private static byte[] NestedUndefined(int depth) =>
    [
        .. Enumerable.Repeat(Raw.Bytes("40 00 30 A7 FF FF FF FF FE FF 00 E0 FF FF FF FF"), depth).SelectMany(b => b),
        .. Enumerable.Repeat(Raw.Bytes("FE FF 0D E0 00 00 00 00 FE FF DD E0 00 00 00 00"), depth).SelectMany(b => b),
    ];

    private static byte[] NestedKnown(int depth)
    {
        var data = new byte[depth * 16];
        for (var level = 0; level < depth; level++)
        {
            var at = data.AsSpan(level * 16);
            Raw.Bytes("40 00 30 A7 00 00 00 00 FE FF 00 E0 00 00 00 00").CopyTo(at);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], ((depth - level) * 16) - 8);
            BinaryPrimitives.WriteInt32LittleEndian(at[12..], (depth - level - 1) * 16);
        }

        return data;
    }
}
