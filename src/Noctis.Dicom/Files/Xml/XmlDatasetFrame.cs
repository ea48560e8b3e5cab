using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>A data set that is open, and the blocks that were reserved in it for private creators.</summary>
internal sealed class XmlDatasetFrame(DicomDataset dataset, XmlElementFrame? element)
{
    private Dictionary<ushort, Dictionary<string, List<DicomTag>>>? _blocks;

    public DicomDataset Dataset { get; } = dataset;

    /// <summary>The sequence that this is an item of; null for the root.</summary>
    public XmlElementFrame? Element { get; } = element;

    /// <summary>
    /// The tag of a private element in a block of its creator. A creator that had two blocks in a group gets two again: an
    /// element that is there already goes to the next one (PS3.18 F.3.1). Null: no block is free.
    /// </summary>
    public DicomTag? Reserve(DicomTag tag, string creator, ValueFieldBuilder builder)
    {
        _blocks ??= [];
        if (!_blocks.TryGetValue(tag.Group, out var creators))
            _blocks.Add(tag.Group, creators = Reserved(tag.Group));
        if (!creators.TryGetValue(creator, out var blocks))
            creators.Add(creator, blocks = []);
        foreach (var block in blocks)
        {
            if (InBlock(block, tag) is var candidate && !Dataset.Contains(candidate))
                return candidate;
        }

        for (ushort number = 0x10; number <= 0xFF; number++)
        {
            var block = new DicomTag(tag.Group, number);
            if (Dataset.Contains(block))
                continue;
            builder.Begin(block, DicomVR.LO);
            builder.AddText(System.Text.Encoding.UTF8.GetBytes(creator));
            Dataset.Add(builder.ToElement());
            blocks.Add(block);
            return InBlock(block, tag);
        }

        return null;
    }

    /// <summary>Blocks whose reservations the document has as elements, though it need not.</summary>
    private Dictionary<string, List<DicomTag>> Reserved(ushort group)
    {
        var creators = new Dictionary<string, List<DicomTag>>();
        for (ushort number = 0x10; number <= 0xFF; number++)
        {
            var block = new DicomTag(group, number);
            if (Dataset.GetString(block) is not { } creator)
                continue;
            if (!creators.TryGetValue(creator, out var blocks))
                creators.Add(creator, blocks = []);
            blocks.Add(block);
        }

        return creators;
    }

    private static DicomTag InBlock(DicomTag block, DicomTag tag) =>
        new(tag.Group, (ushort)((block.Element << 8) | (tag.Element & 0xFF)));
}
