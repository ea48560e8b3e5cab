using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;

namespace Noctis.Dicom.Fuzz.Seeds;

/// <summary>
/// Real files, where the corpus is at hand, made short: long values are cut, because what matters is how things are put together.
/// </summary>
public static class CorpusSeeds
{
    private const int MaxValueLength = 128;
    private const int MaxItems = 2;
    private const int MaxFragments = 4;

    private static readonly Lazy<IReadOnlyList<DicomFile>> Shortened = new(() => [.. Read()]);

    /// <summary>Files with short values; none when there is no corpus.</summary>
    public static IReadOnlyList<DicomFile> Files => Shortened.Value;

    /// <summary>The data sets of the files that are written in this syntax or can be.</summary>
    public static IEnumerable<byte[]> Datasets(DicomTransferSyntax syntax) => Files
        .Where(file => file.TransferSyntax.IsEncapsulated == syntax.IsEncapsulated)
        .Select(file => DatasetGenerator.Encode(file.Dataset, syntax));

    /// <summary>Files that break the rules, as they are, when they are short.</summary>
    public static IEnumerable<byte[]> Malformed(int maxLength) => CorpusFolder
        .Files(file => file.StartsWith("malformed/", StringComparison.Ordinal))
        .Select(CorpusFolder.FullPath)
        .Where(path => new FileInfo(path).Length <= maxLength)
        .Select(File.ReadAllBytes);

    private static IEnumerable<DicomFile> Read()
    {
        foreach (var name in CorpusFolder.Readable)
        {
            var file = DicomFile.Open(CorpusFolder.FullPath(name));
            yield return new DicomFile(Shorten(file.Dataset), file.TransferSyntax);
        }
    }

    private static DicomDataset Shorten(DicomDataset dataset)
    {
        var shortened = new DicomDataset();
        foreach (var element in dataset)
        {
            shortened.Add(element switch
            {
                DicomValueElement { Length: > MaxValueLength } value => new DicomValueElement(value.Tag, value.VR, value.Value[..MaxValueLength]),
                DicomSequence sequence => new DicomSequence(sequence.Tag, sequence.VR, sequence.Items.Take(MaxItems).Select(Shorten).ToList()),
                DicomFragmentSequence fragments => new DicomFragmentSequence(
                    fragments.Tag,
                    fragments.VR,
                    fragments.OffsetTable[..Math.Min(fragments.OffsetTable.Length, MaxValueLength)],
                    fragments.Fragments.Take(MaxFragments).Select(fragment => fragment[..Math.Min(fragment.Length, MaxValueLength)]).ToList()),
                _ => element,
            });
        }

        return shortened;
    }
}
