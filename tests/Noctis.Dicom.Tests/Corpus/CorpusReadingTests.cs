using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>Every real file reads as pydicom reads it, and so does every file that we write from it.</summary>
public sealed class CorpusReadingTests(RewrittenCorpus corpus) : IClassFixture<RewrittenCorpus>
{
    public static TheoryData<string> Readable => [.. CorpusFolder.Readable];

    [PydicomCorpusTheory]
    [MemberData(nameof(Readable))]
    public void Open_RealFile_HasTheElementsPydicomReads(string name)
    {
        var file = DicomFile.Open(CorpusFolder.FullPath(name));

        var ours = ListedElement.List(file.Dataset).ToList();

        AssertSame(corpus.PydicomOfOriginal(name), ours, compareVR: true, file.TransferSyntax.IsExplicitVR);
    }

    [PydicomCorpusTheory]
    [MemberData(nameof(Readable))]
    public void Save_RealFileInEachForm_HasTheElementsPydicomReads(string name)
    {
        var file = DicomFile.Open(CorpusFolder.FullPath(name));
        var expected = ListedElement.ListAsRewritten(file.Dataset).ToList();

        foreach (var (form, syntax, _) in RewrittenCorpus.FormsOf(file))
        {
            var read = corpus.PydicomOf(name, form).Where(e => !e.IsGroupLength).ToList();
            AssertSame(read, expected, syntax.IsExplicitVR, isExplicit: true, form);
        }
    }

    [CorpusTheory]
    [MemberData(nameof(Readable))]
    public void Save_RealFileInEachForm_ReadsBackTheSame(string name)
    {
        var file = DicomFile.Open(CorpusFolder.FullPath(name));
        var expected = ListedElement.ListAsRewritten(file.Dataset).ToList();

        foreach (var (form, syntax, options) in RewrittenCorpus.FormsOf(file))
        {
            using var written = new MemoryStream();
            file.WithTransferSyntax(syntax).Save(written, options);
            written.Position = 0;
            var read = DicomFile.Open(written);

            Assert.Equal(syntax, read.TransferSyntax);
            var listed = ListedElement.List(read.Dataset).Where(e => !e.IsGroupLength).ToList();
            AssertSame(listed, expected, syntax.IsExplicitVR, isExplicit: true, form);
        }
    }

    [CorpusTheory]
    [MemberData(nameof(Readable))]
    public void HeaderScanner_RealFileInSmallPieces_KeepsWhatTheReaderReads(string name)
    {
        var file = DicomFile.Open(CorpusFolder.FullPath(name), DicomReadOptions.WithoutPixelData);
        using var written = new MemoryStream();
        var whole = DicomFile.Open(CorpusFolder.FullPath(name));
        DicomWriter.WriteDataset(written, whole.Dataset, whole.TransferSyntax);
        var bytes = written.ToArray();
        using var scanner = new DicomHeaderScanner(
            whole.TransferSyntax,
            new DicomHeaderScannerOptions { IsWanted = _ => true, CheckToEnd = true, MaxValueLength = int.MaxValue, MaxHeldBytes = long.MaxValue });

        for (var at = 0; at < bytes.Length; at += 1021)
            scanner.Push(bytes.AsSpan(at, Math.Min(1021, bytes.Length - at)));
        scanner.Finish();

        Assert.Equal(
            ListedElement.ListAsRewritten(file.Dataset),
            ListedElement.List(scanner.Header).Where(e => !e.IsGroupLength));
    }

    /// <summary>Where the two readers may differ is said here, and nowhere else.</summary>
    private static void AssertSame(
        IReadOnlyList<ListedElement> theirs, IReadOnlyList<ListedElement> ours, bool compareVR, bool isExplicit, string form = "")
    {
        Assert.Equal(theirs.Select(e => $"{form} {e.Place}"), ours.Select(e => $"{form} {e.Place}"));
        foreach (var (their, our) in theirs.Zip(ours))
        {
            Assert.Equal((form, their.Place, their.Length, their.Hash), (form, our.Place, our.Length, our.Hash));

            // pydicom carries vendors' private dictionaries; where no VR is written, ours is UN.
            if (compareVR && (isExplicit || !our.IsPrivate))
                Assert.True(their.VR.Split("or").Contains(our.VR), $"{form} {our.Place}: {their.VR} and {our.VR}");
        }
    }
}
