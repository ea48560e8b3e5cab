using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Files;

public sealed class DicomHeaderScannerTests
{
    private static readonly DicomTransferSyntax Explicit = DicomTransferSyntax.ExplicitVRLittleEndian;

    public static TheoryData<string> SampleNames => Samples.Names;

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Scanner_DefaultOptions_KeepsAllButSequencesAndPixelData(string sample)
    {
        var (syntax, bytes) = Samples.Get(sample);
        using var scanner = new DicomHeaderScanner(syntax);

        scanner.Push(bytes);
        scanner.Finish();

        var expected = DicomReader.ReadDataset(bytes, syntax).Where(e => e is not DicomSequence && e.Tag < DicomTag.PixelData);
        Assert.Equal(expected.Select(e => e.Tag), scanner.Header.Select(e => e.Tag));
        Assert.Equal("Müller^Anna", scanner.Header.GetString(DicomTag.PatientName));
        Assert.False(scanner.HasOmittedValues);
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Scanner_WithFilter_KeepsWhatIsWantedAndWhatThatNeeds(string sample)
    {
        var (syntax, bytes) = Samples.Get(sample);
        DicomTag[] wanted = [DicomTag.PatientName, DicomTag.ReferencedImageSequence];
        using var scanner = new DicomHeaderScanner(syntax, new DicomHeaderScannerOptions { IsWanted = wanted.Contains });

        scanner.Push(bytes);

        Assert.Equal(
            [DicomTag.SpecificCharacterSet, DicomTag.ReferencedImageSequence, DicomTag.PatientName, DicomTag.PixelRepresentation],
            scanner.Header.Select(e => e.Tag));
        var item = scanner.Header.GetSequence(DicomTag.ReferencedImageSequence)!.Items[0];
        Assert.Equal("121071", item.GetSequence(DicomTag.PurposeOfReferenceCodeSequence)!.Items[0].GetString(DicomTag.CodeValue));
    }

    [Fact]
    public void Scanner_StopTag_CompletesAsSoonAsItsTagHasCome()
    {
        using var scanner = new DicomHeaderScanner(Explicit);
        scanner.Push(Raw.Bytes("10 00 20 00 'LO' 02 00 'A1'", "E0 7F 10"));
        Assert.False(scanner.IsComplete);

        scanner.Push(Raw.Bytes("00"));

        Assert.True(scanner.IsComplete);
        scanner.Push(Raw.Bytes("FF FF FF FF FF FF FF FF FF"));
        scanner.Finish();
        Assert.Equal("A1", scanner.Header.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Scanner_StopTagMissing_StopsAtTheNextGreaterOne()
    {
        using var scanner = new DicomHeaderScanner(Explicit, new DicomHeaderScannerOptions { StopBefore = DicomTag.PatientBirthDate });

        scanner.Push(Raw.Bytes("10 00 20 00 'LO' 02 00 'A1'", "10 00 40 00 'CS' 02 00 'O '"));

        Assert.True(scanner.IsComplete);
        Assert.Equal([DicomTag.PatientID], scanner.Header.Select(e => e.Tag));
    }

    [Fact]
    public void Scanner_CutShortAfterTheStopTag_IsNoticedOnlyWhenAskedTo()
    {
        var bytes = Samples.Encode(Samples.Dataset(Explicit), Explicit)[..^1];
        using var trusting = new DicomHeaderScanner(Explicit);
        using var checking = new DicomHeaderScanner(Explicit, new DicomHeaderScannerOptions { CheckToEnd = true });
        trusting.Push(bytes);
        checking.Push(bytes);

        trusting.Finish();
        var error = Assert.Throws<DicomDataException>(checking.Finish);

        Assert.Equal(DicomTag.PixelData, error.Tag);
        Assert.True(checking.IsComplete);
        Assert.Equal(trusting.Header.Count, checking.Header.Count);
    }

    [Fact]
    public void Scanner_LongValue_IsLeftOutAndSaidSo()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.PatientID, "A1")
            .AddOrUpdate(new DicomValueElement(new DicomTag(0x0029, 0x1010), DicomVR.OB, new byte[70_000]))
            .SetUInt16(DicomTag.Rows, 3);
        using var scanner = new DicomHeaderScanner(Explicit, new DicomHeaderScannerOptions { IsWanted = _ => true });

        scanner.Push(Samples.Encode(dataset, Explicit));
        scanner.Finish();

        Assert.True(scanner.HasOmittedValues);
        Assert.Equal([DicomTag.PatientID, DicomTag.Rows], scanner.Header.Select(e => e.Tag));
    }

    [Fact]
    public void Scanner_MoreThanItMayHold_IsRefused()
    {
        var sequence = new DicomSequence(DicomTag.ContentSequence, Enumerable.Range(0, 5000).Select(_ => new DicomDataset()).ToList());
        var bytes = Samples.Encode([sequence], Explicit);
        var options = new DicomHeaderScannerOptions { IsWanted = _ => true, MaxHeldBytes = 100_000 };
        using var scanner = new DicomHeaderScanner(Explicit, options);

        var error = Assert.Throws<DicomDataException>(() => scanner.Push(bytes));

        Assert.Contains("100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scanner_BigObject_TakesMemoryForItsHeaderAlone()
    {
        var header = Samples.Encode(new DicomDataset().SetString(DicomTag.PatientID, "A1"), Explicit);
        var big = Raw.Bytes("29 00 10 10 'OB' 00 00 00 00 00 08"); // 128 MB of a private value
        var pixels = Raw.Bytes("E0 7F 10 00 'OW' 00 00 00 00 00 08"); // and as much again
        var chunk = new byte[64 * 1024];
        using var scanner = new DicomHeaderScanner(Explicit, new DicomHeaderScannerOptions { CheckToEnd = true });

        var before = GC.GetAllocatedBytesForCurrentThread();
        scanner.Push(header);
        foreach (var element in new[] { big, pixels })
        {
            scanner.Push(element);
            for (var i = 0; i < 2048; i++)
                scanner.Push(chunk);
        }

        scanner.Finish();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal("A1", scanner.Header.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Scanner_EmptyDataset_IsAnEmptyHeader()
    {
        using var scanner = new DicomHeaderScanner(Explicit);

        scanner.Finish();

        Assert.True(scanner.IsComplete);
        Assert.Equal(0, scanner.Header.Count);
    }

    [Fact]
    public void Scanner_PushAfterFinish_IsAMistakeOfTheCaller()
    {
        using var scanner = new DicomHeaderScanner(Explicit);
        scanner.Finish();

        Assert.Throws<InvalidOperationException>(() => scanner.Push([0]));
    }
}
