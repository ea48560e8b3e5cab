using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;

namespace Noctis.Dicom.Tests.Files;

/// <summary>Whatever a data set holds, it is the same after it was written and read, in each syntax and through all of them.</summary>
public sealed class RoundTripTests
{
    private static readonly DicomTransferSyntax[] Native =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian,
        DicomTransferSyntax.ExplicitVRLittleEndian,
        DicomTransferSyntax.ExplicitVRBigEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
    ];

    private static readonly DicomDictionaryEntry[] Known = [.. DicomDictionary.Entries.Where(e =>
        DicomDictionary.GetVRs(e.Tag) is [var only] && only == e.VR && e.Tag.Group is > 0x0002 and < 0x7FE0 && !e.Tag.IsGroupLength
        && e.Tag != DicomTag.SpecificCharacterSet && e.VR != DicomVR.UN)];

    [Fact]
    public void Dataset_WrittenAndRead_IsTheSame() => Prop.ForAll<int, bool>((seed, undefined) =>
    {
        var dataset = RandomDataset(new Random(seed), 0);
        var expected = ListedElement.List(dataset).ToList();
        foreach (var syntax in Native)
        {
            var bytes = Samples.Encode(dataset, syntax, new DicomWriteOptions { UndefinedSequenceLengths = undefined });
            Assert.Equal(expected, ListedElement.List(DicomReader.ReadDataset(bytes, syntax)));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Dataset_ConvertedThroughEverySyntax_IsTheSame() => Prop.ForAll<int>(seed =>
    {
        var dataset = RandomDataset(new Random(seed), 0);
        var expected = ListedElement.List(dataset).ToList();
        foreach (var syntax in Native)
            dataset = DicomReader.ReadDataset(Samples.Encode(dataset, syntax), syntax);
        Assert.Equal(expected, ListedElement.List(dataset));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Dataset_WrittenTwice_HasTheSameBytes() => Prop.ForAll<int>(seed =>
    {
        var dataset = RandomDataset(new Random(seed), 0);
        foreach (var syntax in Native)
        {
            var bytes = Samples.Encode(dataset, syntax);
            Assert.Equal(bytes, Samples.Encode(DicomReader.ReadDataset(bytes, syntax), syntax));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void HeaderScanner_ChunksOfAnySize_KeepWhatTheReaderReads() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var dataset = RandomDataset(random, 0);
        foreach (var syntax in Native)
        {
            var bytes = Samples.Encode(dataset, syntax);
            using var scanner = new DicomHeaderScanner(syntax);
            for (var at = 0; at < bytes.Length;)
            {
                var count = Math.Min(random.Next(0, 40), bytes.Length - at);
                scanner.Push(bytes.AsSpan(at, count));
                at += count;
            }

            scanner.Finish();
            var expected = new DicomDataset(DicomReader.ReadDataset(bytes, syntax).Where(e => e is not DicomSequence));
            Assert.Equal(ListedElement.List(expected), ListedElement.List(scanner.Header));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Reader_RandomBytes_EndInNothingButADataException() => Prop.ForAll<byte[]>(bytes =>
    {
        foreach (var syntax in Native)
        {
            var error = Record.Exception(() => DicomReader.ReadDataset(bytes, syntax));
            Assert.True(error is null or DicomDataException, error?.ToString());
        }

        var ofFile = Record.Exception(() => DicomFile.Open(new MemoryStream(bytes)));
        Assert.True(ofFile is null or DicomDataException, ofFile?.ToString());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static DicomDataset RandomDataset(Random random, int depth)
    {
        var dataset = new DicomDataset();
        for (var i = random.Next(0, 12); i > 0; i--)
        {
            var entry = Known[random.Next(Known.Length)];
            if (entry.VR != DicomVR.SQ)
                dataset.AddOrUpdate(new DicomValueElement(entry.Tag, entry.VR, RandomValue(random, entry.VR)));
            else if (depth < 5)
                dataset.AddOrUpdate(new DicomSequence(entry.Tag, Enumerable.Range(0, random.Next(0, 3)).Select(_ => RandomDataset(random, depth + 1)).ToList()));
        }

        if (random.Next(4) == 0)
            dataset.SetString(new DicomTag(0x0011, 0x0010), "NOCTIS TEST").SetValue(new DicomTag(0x0011, 0x1001), DicomVR.UN, RandomValue(random, DicomVR.UN));
        return dataset;
    }

    private static byte[] RandomValue(Random random, DicomVR vr)
    {
        var unit = vr == DicomVR.AT ? 4 : Math.Max(2, vr.UnitSize);
        var count = random.Next(10) == 0 && vr.Uses32BitLength ? random.Next(0, 40_000) : random.Next(0, 20);
        var value = new byte[unit * count];
        random.NextBytes(value);
        return value;
    }
}
