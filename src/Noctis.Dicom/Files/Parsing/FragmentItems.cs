using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>The value field of encapsulated pixel data, in one piece (PS3.5 A.4).</summary>
internal static class FragmentItems
{
    /// <summary>Splits items that a parser has walked through before.</summary>
    public static DicomFragmentSequence Parse(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> items)
    {
        var fragments = new List<ReadOnlyMemory<byte>>();
        var at = 0;
        while (ElementHeader.TryRead(items.Span[at..], ElementEncoding.ExplicitLittle, out var header, out _)
            && header.Tag == ElementHeader.Item
            && header.Length <= items.Length - at - header.Size)
        {
            fragments.Add(items.Slice(at + header.Size, (int)header.Length));
            at += header.Size + (int)header.Length;
        }

        return new DicomFragmentSequence(tag, vr, fragments.Count > 0 ? fragments[0] : default, fragments.Skip(1));
    }
}
