using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

internal enum FrameKind
{
    /// <summary>The outermost data set.</summary>
    Root,

    /// <summary>Between the items of a sequence.</summary>
    Sequence,

    /// <summary>Inside an item: a nested data set.</summary>
    Item,

    /// <summary>Between the fragments of encapsulated pixel data.</summary>
    Fragments,
}

/// <summary>One open level of a data set that is being parsed.</summary>
internal struct ParserFrame
{
    public FrameKind Kind;

    public ElementEncoding Encoding;

    /// <summary>The element that this level belongs to.</summary>
    public DicomTag Tag;

    /// <summary>Position after the level's last byte; -1 while only a delimiter will tell.</summary>
    public long End;

    /// <summary>Position that nothing inside may pass: the nearest known end of this level or one around it.</summary>
    public long Limit;

    /// <summary>Where the level's element or item began, for messages.</summary>
    public long Start;

    /// <summary>Walked through but not kept.</summary>
    public bool IsSkipped;

    /// <summary>Root, Item: where elements go; null when skipped.</summary>
    public DicomDataset? Dataset;

    /// <summary>Sequence: where items go; null when skipped.</summary>
    public DicomSequence? Sequence;

    /// <summary>Fragments: the Basic Offset Table first, then the fragments; null when skipped.</summary>
    public List<ReadOnlyMemory<byte>>? Fragments;

    /// <summary>Fragments: the VR of the element.</summary>
    public DicomVR? VR;
}
