using System.Collections.ObjectModel;

namespace Noctis.Dicom.Data;

/// <summary>An element whose value is a list of data sets (PS3.5 7.5).</summary>
/// <remarks>
/// An item belongs to one sequence and a sequence to one data set: that is how an item inherits the character set above
/// it. Adding either one to a second owner moves the inheritance there.
/// </remarks>
public sealed class DicomSequence : DicomElement
{
    /// <summary>Makes a sequence of these items.</summary>
    public DicomSequence(DicomTag tag, params IEnumerable<DicomDataset> items) : this(tag, DicomVR.SQ, items)
    {
    }

    /// <summary>Makes a sequence that was read under another representation: UN of undefined length (PS3.5 6.2.2).</summary>
    /// <exception cref="ArgumentException">The representation is neither SQ nor UN.</exception>
    public DicomSequence(DicomTag tag, DicomVR vr, IEnumerable<DicomDataset> items) : base(tag, vr)
    {
        if (vr != DicomVR.SQ && vr != DicomVR.UN)
            throw new ArgumentException($"{tag}: a sequence has the representation SQ or UN, not {vr}.", nameof(vr));
        ArgumentNullException.ThrowIfNull(items);
        Items = new ItemList(this);
        foreach (var item in items)
            Items.Add(item);
    }

    /// <summary>The items, in order. Add, insert and remove at will.</summary>
    public IList<DicomDataset> Items { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => Items.Count == 0;

    /// <summary>The data set that holds this sequence; null before it was added to one.</summary>
    internal DicomDataset? Owner { get; set; }

    private sealed class ItemList(DicomSequence owner) : Collection<DicomDataset>
    {
        protected override void InsertItem(int index, DicomDataset item)
        {
            Adopt(item);
            base.InsertItem(index, item);
        }

        protected override void SetItem(int index, DicomDataset item)
        {
            Adopt(item);
            base.SetItem(index, item);
        }

        private void Adopt(DicomDataset item)
        {
            ArgumentNullException.ThrowIfNull(item);
            for (var above = owner.Owner; above is not null; above = above.OwnerSequence?.Owner)
            {
                if (ReferenceEquals(above, item))
                    throw new ArgumentException($"{owner.Tag}: a data set cannot be an item of itself.", nameof(item));
            }

            item.OwnerSequence = owner;
        }
    }
}
