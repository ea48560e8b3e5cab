using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Noctis.Dicom.Data;

/// <summary>
/// A data set: elements ordered by tag, at most one of each (PS3.5 7.1). Also holds File Meta Information (group 0002) and
/// command sets (group 0000).
/// </summary>
/// <remarks>Reading is safe on many threads as long as none writes. Writing is not.</remarks>
public sealed partial class DicomDataset : IEnumerable<DicomElement>
{
    private readonly ElementList _elements = new();
    private DicomCharacterSet? _characterSet;

    /// <summary>Makes an empty data set.</summary>
    public DicomDataset()
    {
    }

    /// <summary>Makes a data set of these elements, in any order.</summary>
    /// <exception cref="ArgumentException">Two elements have the same tag.</exception>
    public DicomDataset(params IEnumerable<DicomElement> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
            Add(element);
    }

    /// <summary>How many elements there are, those within items not counted.</summary>
    public int Count => _elements.Count;

    /// <summary>The sequence this data set is an item of; null for one that is none.</summary>
    public DicomSequence? OwnerSequence { get; internal set; }

    /// <summary>
    /// What Specific Character Set (0008,0005) says of the text here: this data set's own, else that of the data set above
    /// (PS3.5 7.5.3, PS3.3 C.12.1.1.2), else <see cref="FallbackCharacterSet"/>.
    /// </summary>
    public DicomCharacterSet CharacterSet
    {
        get
        {
            // In a loop, since how deep items lie within each other is up to who wrote them.
            var dataset = this;
            while (true)
            {
                if (dataset.DeclaredCharacterSet is { } declared)
                    return declared;
                if (dataset.OwnerSequence?.Owner is not { } above)
                    return dataset.FallbackCharacterSet ?? DicomCharacterSet.Undeclared;
                dataset = above;
            }
        }
    }

    /// <summary>
    /// How text is read where no Specific Character Set is declared, here or above. Null, the default, means
    /// <see cref="DicomCharacterSet.Undeclared"/>. Set it on the root data set; items inherit it. The bytes are not changed.
    /// </summary>
    public DicomCharacterSet? FallbackCharacterSet { get; set; }

    /// <summary>The element of this tag.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public DicomElement this[DicomTag tag] => _elements.Find(tag)
        ?? throw new KeyNotFoundException($"The data set has no element {tag} {DicomDictionary.GetKeyword(tag)}.");

    /// <summary>Adds an element.</summary>
    /// <exception cref="ArgumentException">There is one of this tag already.</exception>
    public DicomDataset Add(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        if (!_elements.TryAdd(element))
            throw new ArgumentException($"The data set has an element {element.Tag} already.", nameof(element));
        Adopt(element);
        return this;
    }

    /// <summary>Adds an element, in place of the one of the same tag if there is one.</summary>
    public DicomDataset AddOrUpdate(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _elements.Put(element);
        Adopt(element);
        return this;
    }

    /// <summary>Removes the element of this tag; false when there is none.</summary>
    public bool Remove(DicomTag tag)
    {
        if (tag == DicomTag.SpecificCharacterSet)
            _characterSet = null;
        return _elements.Remove(tag);
    }

    /// <summary>Removes every element.</summary>
    public void Clear()
    {
        _characterSet = null;
        _elements.Clear();
    }

    /// <summary>Whether there is an element of this tag, empty or not.</summary>
    public bool Contains(DicomTag tag) => _elements.Find(tag) is not null;

    /// <summary>The element of this tag, if there is one.</summary>
    public bool TryGetElement(DicomTag tag, [NotNullWhen(true)] out DicomElement? element)
    {
        element = _elements.Find(tag);
        return element is not null;
    }

    /// <summary>
    /// Holds every element, items included, to the rules of PS3.5 6 and 7 and to the dictionary: representation, length,
    /// characters, notation, number of values. Reading never asks for this; it is for what is about to be written, and for
    /// showing what is wrong with what was read.
    /// </summary>
    /// <returns>What is broken, in order of the elements; empty when nothing is.</returns>
    public IReadOnlyList<DicomValidationIssue> Validate()
    {
        var issues = new List<DicomValidationIssue>();
        DicomDatasetValidator.Validate(this, "", issues);
        return issues;
    }

    /// <summary>The elements, in order of their tags.</summary>
    public IEnumerator<DicomElement> GetEnumerator() => _elements.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private DicomCharacterSet? DeclaredCharacterSet
    {
        get
        {
            // Several threads may come here at once; each then makes the same thing.
            if (_characterSet is null && _elements.Find(DicomTag.SpecificCharacterSet) is DicomValueElement { IsEmpty: false } declared)
                _characterSet = DicomCharacterSet.Parse(AsciiText.Split(declared.Value.Span));
            return _characterSet;
        }
    }

    private void Adopt(DicomElement element)
    {
        if (element.Tag == DicomTag.SpecificCharacterSet)
            _characterSet = null;
        if (element is DicomSequence sequence)
            sequence.Owner = this;
    }
}
