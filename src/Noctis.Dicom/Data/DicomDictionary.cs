using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>
/// The data dictionary of PS3.6 and PS3.7 annex E: tag, keyword, name, representations and multiplicity of every
/// element. Look-ups are binary searches in constant data: nothing is loaded at start.
/// </summary>
/// <remarks>Private elements are in a <see cref="DicomPrivateDictionary"/>. Safe on any thread.</remarks>
public static class DicomDictionary
{
    private static readonly IReadOnlyList<DicomVR>[] VRLists =
        [.. DicomDictionaryTable.VRLists.Select(text => (IReadOnlyList<DicomVR>)[.. ParseVRs(text)])];

    private static readonly DicomValueMultiplicity[] VMs = [.. DicomDictionaryTable.VMs.Select(DicomValueMultiplicity.Parse)];

    private static readonly IReadOnlyList<DicomVR> OnlyUL = [DicomVR.UL];

    private static readonly IReadOnlyList<DicomVR> OnlyLO = [DicomVR.LO];

    private static readonly IReadOnlyList<DicomVR> None = [];

    /// <summary>
    /// What is known of a tag: an element of the standard (repeating groups included), a group length, or a Private
    /// Creator; null otherwise.
    /// </summary>
    public static DicomDictionaryEntry? Find(DicomTag tag)
    {
        var row = FindRow(tag);
        if (row >= 0)
            return Entry(row, tag);
        if (tag.IsPrivateCreator)
            return new DicomDictionaryEntry(tag, "PrivateCreator", "Private Creator", OnlyLO, new(1, 1, 1), false);
        return tag.IsGroupLength
            ? new DicomDictionaryEntry(tag, "GroupLength", "Group Length", OnlyUL, new(1, 1, 1), tag.Group > 0x0002)
            : null;
    }

    /// <summary>The element of this keyword; null when PS3.6 has none such. Case counts.</summary>
    public static DicomDictionaryEntry? Find(string? keyword)
    {
        if (string.IsNullOrEmpty(keyword) || keyword.Length > 256 || !Ascii.IsValid(keyword))
            return null;
        Span<byte> wanted = stackalloc byte[keyword.Length];
        Ascii.FromUtf16(keyword, wanted, out _);
        var order = DicomDictionaryTable.KeywordOrder;
        int low = 0, high = order.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var row = order[middle];
            var compared = Bytes(DicomDictionaryTable.Keywords, DicomDictionaryTable.KeywordsOffsets, row).SequenceCompareTo(wanted);
            if (compared == 0)
                return Entry(row, FirstTag(row));
            if (compared < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    /// <summary>
    /// The representations the standard allows for a tag, preferred one first, without building an entry: what a reader of
    /// implicit VR calls for each element. Group lengths are UL, Private Creators LO; empty for what is unknown.
    /// </summary>
    public static IReadOnlyList<DicomVR> GetVRs(DicomTag tag)
    {
        var row = FindRow(tag);
        if (row >= 0)
            return VRLists[DicomDictionaryTable.VRIndexes[row] & 127];
        if (tag.IsPrivateCreator)
            return OnlyLO;
        return tag.IsGroupLength ? OnlyUL : None;
    }

    /// <summary>
    /// The first representation the standard allows for a tag, UN for what is unknown. Where it depends on the data set
    /// see <see cref="ResolveVR"/>.
    /// </summary>
    public static DicomVR GetVR(DicomTag tag)
    {
        var allowed = GetVRs(tag);
        return allowed.Count == 0 ? DicomVR.UN : allowed[0];
    }

    /// <summary>
    /// The representation of a tag where the encoding does not tell, implicit VR above all. US or SS goes by Pixel
    /// Representation (0028,0103) of the data set or of one above it, LUT Data by its descriptor, and where OW is among the
    /// alternatives it is OW (PS3.5 A.1). UN for what is unknown.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="context">The data set that has, or will have, the element, as far as it is read.</param>
    public static DicomVR ResolveVR(DicomTag tag, DicomDataset context)
    {
        var allowed = GetVRs(tag);
        if (allowed.Count < 2)
            return allowed.Count == 0 ? DicomVR.UN : allowed[0];
        ArgumentNullException.ThrowIfNull(context);
        if (tag == DicomTag.LUTData)
            return context.GetUInt16(DicomTag.LUTDescriptor) == 1 ? DicomVR.US : DicomVR.OW;
        if (allowed.Contains(DicomVR.OW))
            return DicomVR.OW;
        for (var dataset = context; dataset is not null; dataset = dataset.OwnerSequence?.Owner)
        {
            if (dataset.GetUInt16(DicomTag.PixelRepresentation) is { } representation)
                return representation == 1 ? DicomVR.SS : DicomVR.US;
        }

        return DicomVR.US;
    }

    /// <summary>The keyword of a tag; empty when there is none.</summary>
    public static string GetKeyword(DicomTag tag) => Find(tag)?.Keyword ?? "";

    /// <summary>Every element of PS3.6 and PS3.7, by tag, repeating groups last, each with its first group.</summary>
    public static IEnumerable<DicomDictionaryEntry> Entries =>
        Enumerable.Range(0, DicomDictionaryTable.VRIndexes.Length).Select(row => Entry(row, FirstTag(row)));

    internal static IEnumerable<DicomVR> ParseVRs(string text) => text
        .Split(" or ", StringSplitOptions.RemoveEmptyEntries)
        .Select(code => DicomVR.Lookup(code) ?? throw new FormatException($"'{code}' is not a value representation."));

    private static int FindRow(DicomTag tag)
    {
        var tags = DicomDictionaryTable.Tags;
        var found = tags[..DicomDictionaryTable.FixedCount].BinarySearch(tag.Value);
        if (found >= 0)
            return found;
        if (tag.IsGroupLength)
            return -1;
        var masks = DicomDictionaryTable.RepeatingMasks;
        for (var i = 0; i < masks.Length; i++)
        {
            // Odd groups within the range of a repeating one are private (PS3.5 7.6, 7.8).
            if ((tag.Value & masks[i]) == tags[DicomDictionaryTable.FixedCount + i] && (tag.Group & 1) == 0)
                return DicomDictionaryTable.FixedCount + i;
        }

        return -1;
    }

    private static DicomTag FirstTag(int row) => new(row < DicomDictionaryTable.FixedCount
        ? DicomDictionaryTable.Tags[row]
        : DicomDictionaryTable.RepeatingFirsts[row - DicomDictionaryTable.FixedCount]);

    private static DicomDictionaryEntry Entry(int row, DicomTag tag)
    {
        var vr = DicomDictionaryTable.VRIndexes[row];
        return new DicomDictionaryEntry(
            tag,
            Encoding.UTF8.GetString(Bytes(DicomDictionaryTable.Keywords, DicomDictionaryTable.KeywordsOffsets, row)),
            Encoding.UTF8.GetString(Bytes(DicomDictionaryTable.Names, DicomDictionaryTable.NamesOffsets, row)),
            VRLists[vr & 127],
            VMs[DicomDictionaryTable.VMIndexes[row]],
            vr >= 128);
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> texts, ReadOnlySpan<int> offsets, int row) =>
        texts[offsets[row]..offsets[row + 1]];
}
