using System.Security.Cryptography;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>One element, item or fragment of a data set, in a form that two readers can agree on.</summary>
/// <param name="Place">The tags and item numbers that lead to it: "(0008,1140)[0](0008,1150)"; fragments end in "#n".</param>
/// <param name="VR">As read; "item" for an item. What depends on the data set may read "USorSS" where the reader left it open.</param>
/// <param name="Length">Bytes of the value.</param>
/// <param name="Hash">SHA-1 of the value, numbers in little endian.</param>
public sealed record ListedElement(string Place, string VR, int Length, string Hash)
{
    /// <summary>The elements of a data set as Noctis reads them. Values left in the file are fetched.</summary>
    public static IEnumerable<ListedElement> List(DicomDataset dataset, string prefix = "")
    {
        foreach (var read in dataset)
        {
            var element = read is DicomDeferredElement deferred ? deferred.Load() : read;
            var place = prefix + element.Tag;
            switch (element)
            {
                case DicomValueElement value:
                    yield return new ListedElement(place, value.VR.Code, value.Length, HashOf(value.Value));
                    break;
                case DicomFragmentSequence fragments:
                    var number = 0;
                    foreach (var fragment in fragments.Fragments.Prepend(fragments.OffsetTable))
                        yield return new ListedElement($"{place}#{number++}", fragments.VR.Code, fragment.Length, HashOf(fragment));
                    break;
                case DicomSequence sequence:
                    for (var i = 0; i < sequence.Items.Count; i++)
                    {
                        yield return new ListedElement($"{place}[{i}]", "item", 0, "");
                        foreach (var nested in List(sequence.Items[i], $"{place}[{i}]"))
                            yield return nested;
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// As it should be after the file was written again: the length even, with the padding of the representation (PS3.5
    /// 7.1.1); null for group lengths, which belong to the encoding.
    /// </summary>
    public static IEnumerable<ListedElement> ListAsRewritten(DicomDataset dataset, string prefix = "")
    {
        foreach (var element in dataset)
        {
            DicomElement even = element switch
            {
                DicomValueElement { Length: var length } value when (length & 1) == 1 =>
                    new DicomValueElement(value.Tag, value.VR, Padded(value.Value, value.VR.PaddingByte)),
                DicomFragmentSequence fragments => new DicomFragmentSequence(
                    fragments.Tag, fragments.VR, fragments.OffsetTable, fragments.Fragments.Select(f => (f.Length & 1) == 1 ? Padded(f, 0) : f)),
                _ => element,
            };
            if (even is DicomSequence sequence)
            {
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    yield return new ListedElement($"{prefix}{sequence.Tag}[{i}]", "item", 0, "");
                    foreach (var nested in ListAsRewritten(sequence.Items[i], $"{prefix}{sequence.Tag}[{i}]"))
                        yield return nested;
                }
            }
            else
            {
                foreach (var listed in List([even], prefix).Where(e => !e.IsGroupLength))
                    yield return listed;
            }
        }
    }

    public bool IsGroupLength => Place.EndsWith(",0000)", StringComparison.Ordinal);

    public bool IsPrivate => Place[Place.LastIndexOf('(') + 4] is '1' or '3' or '5' or '7' or '9' or 'B' or 'D' or 'F';

    public override string ToString() => $"{Place} {VR} {Length} {Hash}";

    private static ReadOnlyMemory<byte> Padded(ReadOnlyMemory<byte> value, byte padding) => value.ToArray().Append(padding).ToArray();

    private static string HashOf(ReadOnlyMemory<byte> value) =>
#pragma warning disable CA5350 // Two readings are compared; nobody forges either.
        Convert.ToHexStringLower(SHA1.HashData(value.Span));
#pragma warning restore CA5350
}
