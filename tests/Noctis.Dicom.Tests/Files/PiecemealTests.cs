using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;

namespace Noctis.Dicom.Tests.Files;

/// <summary>Bytes come as the network and the disk please: in ones, and not all of them.</summary>
public sealed class PiecemealTests
{
    public static TheoryData<string> Samples => Files.Samples.Names;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reader_OneByteAtATime_ReadsTheSame(string sample)
    {
        var (syntax, bytes) = Files.Samples.Get(sample);
        var whole = DicomReader.ReadDataset(bytes, syntax);

        var trickled = DicomReader.ReadDataset(new TrickleStream(bytes), syntax);

        Assert.Equal(ListedElement.List(whole), ListedElement.List(trickled));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void HeaderScanner_OneByteAtATime_KeepsTheSame(string sample)
    {
        var (syntax, bytes) = Files.Samples.Get(sample);
        var whole = DicomReader.ReadDataset(bytes, syntax, DicomReadOptions.WithoutPixelData);
        using var scanner = new DicomHeaderScanner(syntax, new DicomHeaderScannerOptions { IsWanted = _ => true });

        foreach (var value in bytes)
            scanner.Push([value]);
        scanner.Finish();

        Assert.True(scanner.IsComplete);
        Assert.Equal(ListedElement.List(whole), ListedElement.List(scanner.Header));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Reader_CutAtEveryLength_RefusesOrReadsWhatIsWhole(string sample)
    {
        var (syntax, bytes) = Files.Samples.Get(sample);
        var whole = ListedElement.List(DicomReader.ReadDataset(bytes, syntax)).ToList();
        var refused = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            // The same from memory, from a stream that knows its length and from one that does not.
            var fromMemory = await ReadAsync(() => Task.FromResult(DicomReader.ReadDataset(bytes.AsMemory(0, length), syntax)));
            var fromStream = await ReadAsync(() => DicomReader.ReadDatasetAsync(new MemoryStream(bytes, 0, length), syntax));
            var fromPipe = await ReadAsync(() => DicomReader.ReadDatasetAsync(new TrickleStream(bytes.AsMemory(0, length)), syntax));

            Assert.Equal(fromMemory, fromStream);
            Assert.Equal(fromMemory, fromPipe);
            if (fromMemory is null)
                refused++;
            else
                Assert.Equal(whole.Take(fromMemory.Count), fromMemory);
        }

        // Only a cut right between two top-level elements leaves a data set; in big endian also one after the first zero of the
        // next group number, which could be padding. In a deflated one no cut does, save of the padding.
        var elements = DicomReader.ReadDataset(bytes, syntax).Count;
        var allowed = syntax.IsDeflated ? 1 : syntax.IsBigEndian ? 2 * elements : elements;
        Assert.InRange(bytes.Length - refused, syntax.IsDeflated ? 0 : 1, allowed);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void HeaderScanner_CutAtEveryLength_CheckingToTheEnd_AgreesWithTheReader(string sample)
    {
        var (syntax, bytes) = Files.Samples.Get(sample);
        for (var length = 0; length <= bytes.Length; length++)
        {
            using var scanner = new DicomHeaderScanner(syntax, new DicomHeaderScannerOptions { CheckToEnd = true });
            var data = bytes.AsSpan(0, length).ToArray();

            var scanned = Record.Exception(() =>
            {
                scanner.Push(data);
                scanner.Finish();
            });
            var read = Record.Exception(() => DicomReader.ReadDataset(data, syntax));

            Assert.Equal(read?.GetType(), scanned?.GetType());
            Assert.True(read is null or DicomDataException, read?.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void File_CutAtEveryLength_EndsInNothingButADataException(string sample)
    {
        var (syntax, _) = Files.Samples.Get(sample);
        using var stream = new MemoryStream();
        new DicomFile(Files.Samples.Dataset(syntax), syntax).Save(stream);
        var bytes = stream.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Record.Exception(() => DicomFile.Open(new MemoryStream(bytes, 0, length)));
            Assert.True(error is null or DicomDataException, $"{length}: {error}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reader_EachByteChangedInTurn_EndsInNothingButADataException(string sample)
    {
        var (syntax, bytes) = Files.Samples.Get(sample);
        byte[] values = [0x00, 0x01, 0x7F, 0xE0, 0xFE, 0xFF];
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var value in values)
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                var fromMemory = Record.Exception(() => DicomReader.ReadDataset(changed, syntax));
                var fromPipe = Record.Exception(() => DicomReader.ReadDataset(new TrickleStream(changed), syntax));
                Assert.True(fromMemory is null or DicomDataException, $"{at}: {fromMemory}");
                Assert.Equal(fromMemory?.GetType(), fromPipe?.GetType());
            }
        }
    }

    private static async Task<List<ListedElement>?> ReadAsync(Func<Task<DicomDataset>> read)
    {
        try
        {
            return [.. ListedElement.List(await read())];
        }
        catch (DicomDataException)
        {
            return null;
        }
    }
}
