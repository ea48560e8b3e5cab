using System.Diagnostics.CodeAnalysis;

namespace Noctis.Dicom.Data;

/// <summary>
/// What is known of private data elements: by private creator, group and the lower byte of the element number (PS3.5 7.8).
/// Make one at start, register what is known, hand it to readers.
/// </summary>
/// <remarks>Fill it before it is shared; then look-ups are safe on any thread.</remarks>
public sealed class DicomPrivateDictionary
{
    private readonly Dictionary<(string Creator, ushort Group, byte Element), DicomDictionaryEntry> _entries = [];

    /// <summary>How many elements are registered.</summary>
    public int Count => _entries.Count;

    /// <summary>Registers an element; a later registration of the same one takes its place.</summary>
    /// <param name="creator">The private creator's identification, trailing spaces aside.</param>
    /// <param name="group">The group; odd.</param>
    /// <param name="element">The lower byte of the element number.</param>
    /// <param name="vr">The representation, alternatives joined by " or ".</param>
    /// <param name="vm">The multiplicity in the notation of PS3.6.</param>
    /// <param name="name">The name.</param>
    /// <param name="keyword">A keyword, when there is one.</param>
    /// <exception cref="ArgumentException">The group is not for private elements, or the creator is empty.</exception>
    /// <exception cref="FormatException">Representation or multiplicity cannot be read.</exception>
    public void Add(string creator, ushort group, byte element, string vr, string vm, string name, string keyword = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(creator);
        ArgumentNullException.ThrowIfNull(vr);
        ArgumentNullException.ThrowIfNull(vm);
        var tag = new DicomTag(group, (ushort)(0x1000 | element));
        if (!tag.IsPrivate)
            throw new ArgumentException($"Group {group:X4} is not for private elements.", nameof(group));
        _entries[(AsciiText.Trim(creator), group, element)] = new DicomDictionaryEntry(
            tag, keyword, name, [.. DicomDictionary.ParseVRs(vr)], DicomValueMultiplicity.Parse(vm), false);
    }

    /// <summary>What is registered of a private element whose block this creator reserved.</summary>
    public bool TryFind(string? creator, DicomTag tag, [NotNullWhen(true)] out DicomDictionaryEntry? entry)
    {
        entry = null;
        if (creator is null || tag.PrivateCreatorTag is null
            || !_entries.TryGetValue((AsciiText.Trim(creator), tag.Group, (byte)tag.Element), out var found))
        {
            return false;
        }

        entry = found with { Tag = tag };
        return true;
    }
}
