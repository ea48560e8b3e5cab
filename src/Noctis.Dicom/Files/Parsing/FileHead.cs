using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>
/// What stands before a file's data set (PS3.10 7.1): 128 bytes of preamble, "DICM", and the meta group. Each may be
/// missing; then the data set tells its own encoding.
/// </summary>
internal readonly record struct FileHead(DicomDataset Meta, DicomTransferSyntax TransferSyntax, int Size)
{
    /// <summary>Bytes to begin with: enough for nearly every meta group.</summary>
    public const int FirstRead = 4096;

    /// <summary>A meta group longer than this is refused; the private information of (0002,0102) is all that could get near.</summary>
    private const int MaxSize = 1024 * 1024;

    private const int PreambleSize = 128;

    private static ReadOnlySpan<byte> Prefix => "DICM"u8;

    /// <summary>Reads the head from the first bytes of a file. False: more bytes are needed.</summary>
    /// <param name="bytes">What has been read; values are kept as slices of it.</param>
    /// <param name="isWhole">Whether the file has no more bytes than these.</param>
    /// <param name="fileLength">The file's length, when known.</param>
    /// <param name="head">The head.</param>
    /// <exception cref="DicomDataException">The file is not DICOM, or its meta group is cut short.</exception>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, bool isWhole, long? fileLength, out FileHead head)
    {
        head = default;
        var span = bytes.Span;
        if (span.IsEmpty && isWhole)
            throw new DicomDataException("The file is empty.");
        if (span.Length < PreambleSize + Prefix.Length + ElementHeader.MaxSize && !isWhole)
            return false;
        var at = span.Length >= PreambleSize + 4 && span[PreambleSize..].StartsWith(Prefix) ? PreambleSize + 4
            : span.StartsWith(Prefix) ? 4
            : 0;
        var meta = new DicomDataset();
        if (MetaEncoding(span[at..]) is { } encoding && !TryReadMeta(bytes, isWhole, encoding, meta, ref at))
            return false;
        if (span.Length - at < ElementHeader.MaxSize && !isWhole)
            return false;
        var remaining = fileLength - at ?? (isWhole ? span.Length - at : null);
        head = new FileHead(meta, SyntaxOf(meta, span[at..], remaining), at);
        return true;
    }

    /// <summary>
    /// How the meta group is written; null when there is none. Deviates from PS3.10 7.1, which allows explicit VR little
    /// endian alone, because old writers put it into the encoding of the data set.
    /// </summary>
    private static ElementEncoding? MetaEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [2, 0, _, _, var first, var second, ..] => DicomVR.Lookup(first, second) is null
            ? ElementEncoding.ImplicitLittle
            : ElementEncoding.ExplicitLittle,
        [0, 2, 0, _, var first, var second, ..] when DicomVR.Lookup(first, second) is not null => ElementEncoding.ExplicitBig,
        _ => null,
    };

    private static bool TryReadMeta(ReadOnlyMemory<byte> bytes, bool isWhole, ElementEncoding encoding, DicomDataset meta, ref int at)
    {
        var begin = at;
        long? declaredEnd = null;
        while (true)
        {
            var rest = bytes.Span[at..];
            if (rest.IsEmpty && isWhole)
                return true;

            // A deflated data set can begin with any bytes, also with those of group 0002: there the length decides.
            if (at == declaredEnd && DeclaredSyntax(meta) is { IsDeflated: true })
                return true;
            if (rest.Length >= 4 && encoding.ReadTag(rest).Group != 0x0002)
                return true;
            if (!ElementHeader.TryRead(rest, encoding, out var header, out _) || header.Length > rest.Length - header.Size)
            {
                if (isWhole)
                    throw new DicomDataException("The file ends inside its meta group.", null, at);
                if (at - begin + (long)header.Size + header.Length > MaxSize)
                    throw new DicomDataException($"The meta group is longer than {MaxSize} bytes, the limit set for it.", header.Tag, at);
                return false;
            }

            var value = bytes.Slice(at + header.Size, (int)header.Length);
            var vr = header.VR ?? DicomDictionary.GetVR(header.Tag);
            if (encoding.IsBigEndian && vr.UnitSize > 1)
            {
                value = value.ToArray();
                ByteOrder.Swap(System.Runtime.InteropServices.MemoryMarshal.AsMemory(value).Span, vr.UnitSize);
            }

            if (vr.IsSequence)
                throw new DicomDataException("The meta group holds a sequence.", header.Tag, at);
            at += header.Size + (int)header.Length;
            meta.AddOrUpdate(new DicomValueElement(header.Tag, vr, value));
            if (header.Tag.Element == 0 && meta.GetUInt32(header.Tag) is { } length)
                declaredEnd = at + length;
        }
    }

    private static DicomTransferSyntax? DeclaredSyntax(DicomDataset meta) =>
        DicomTransferSyntax.Lookup(meta.GetString(DicomTag.TransferSyntaxUID));

    private static DicomTransferSyntax SyntaxOf(DicomDataset meta, ReadOnlySpan<byte> body, long? remaining)
    {
        var uid = meta.GetString(DicomTag.TransferSyntaxUID);
        if (string.IsNullOrEmpty(uid))
        {
            if (body.IsEmpty && meta.Count > 0)
                return DicomTransferSyntax.ExplicitVRLittleEndian;
            return EncodingSniffer.Guess(body, remaining) ?? throw new DicomDataException(meta.Count > 0
                ? "The meta group names no transfer syntax, and the data set does not show which one it is in."
                : "This is not a DICOM file: there is neither DICM after the first 128 bytes nor a data set from the first byte on.");
        }

        var declared = DicomTransferSyntax.Lookup(uid) ?? throw new DicomDataException(
            $"The transfer syntax '{uid[..Math.Min(uid.Length, DicomUID.MaxLength)]}' is not one of PS3.6.", DicomTag.TransferSyntaxUID);
        return EncodingSniffer.Correct(declared, body, remaining);
    }
}
