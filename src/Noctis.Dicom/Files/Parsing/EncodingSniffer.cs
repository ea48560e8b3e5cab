using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>Tells the encoding of a data set from its first element, where nothing declares it or the declaration is wrong.</summary>
internal static class EncodingSniffer
{
    /// <summary>A first element is a group length, a character set, an image type or the like: short.</summary>
    private const uint MaxFirstLength = 64 * 1024;

    /// <summary>The uncompressed transfer syntax that these first bytes are in; null when they look like none.</summary>
    public static DicomTransferSyntax? Guess(ReadOnlySpan<byte> body, long? remaining)
    {
        if (LooksExplicit(body, ElementEncoding.ExplicitLittle, remaining))
            return DicomTransferSyntax.ExplicitVRLittleEndian;
        if (LooksExplicit(body, ElementEncoding.ExplicitBig, remaining))
            return DicomTransferSyntax.ExplicitVRBigEndian;
        return LooksImplicit(body, remaining) ? DicomTransferSyntax.ImplicitVRLittleEndian : null;
    }

    /// <summary>
    /// The declared syntax, or the one that the data set is really in when its first element cannot be in the declared one
    /// and clearly is in another. Deviates from PS3.10 7.1 because such files exist, and all of them can be read.
    /// </summary>
    public static DicomTransferSyntax Correct(DicomTransferSyntax declared, ReadOnlySpan<byte> body, long? remaining)
    {
        if (declared.IsDeflated || body.Length < 8)
            return declared;
        if (declared.IsExplicitVR)
        {
            return LooksExplicit(body, ElementEncoding.Of(declared), remaining) ? declared : Guess(body, remaining) ?? declared;
        }

        // Two capitals and a length above zero are, as implicit VR, a first element longer than 64 KB: it is explicit VR.
        return LooksExplicit(body, ElementEncoding.ExplicitLittle, remaining) && (body[6] | body[7]) != 0
            ? DicomTransferSyntax.ExplicitVRLittleEndian
            : declared;
    }

    private static bool LooksExplicit(ReadOnlySpan<byte> body, ElementEncoding encoding, long? remaining)
    {
        if (body.Length < 8 || DicomVR.Lookup(body[4], body[5]) is null)
            return false;
        return ElementHeader.TryRead(body, encoding, out var header, out _)
            && IsPlausible(header.Tag)
            && Fits(header, remaining);
    }

    private static bool LooksImplicit(ReadOnlySpan<byte> body, long? remaining) =>
        ElementHeader.TryRead(body, ElementEncoding.ImplicitLittle, out var header, out _)
        && IsPlausible(header.Tag)
        && (Fits(header, remaining) && header.Length <= MaxFirstLength || header.HasUndefinedLength);

    private static bool IsPlausible(DicomTag tag) => tag.Group is not (0x0000 or 0x0002 or ElementHeader.ItemGroup)
        && (tag.IsPrivate || DicomDictionary.GetVRs(tag).Count > 0 || tag.Group < 0x0008);

    private static bool Fits(ElementHeader header, long? remaining) =>
        header.HasUndefinedLength || remaining is null || header.Length <= remaining - header.Size;
}
