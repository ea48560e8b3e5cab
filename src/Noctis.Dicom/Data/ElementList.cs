namespace Noctis.Dicom.Data;

/// <summary>
/// Elements in order of their tags. Data sets are read and written in that order, so appending is the fast path; blocks of
/// bounded length keep a hostile order of a million elements from costing a million moves each.
/// </summary>
internal sealed class ElementList
{
    private const int BlockLength = 512;

    private readonly List<List<DicomElement>> _blocks = [new(16)];

    internal int Count { get; private set; }

    internal DicomElement? Find(DicomTag tag)
    {
        var block = BlockOf(tag);
        var at = Search(block, tag);
        return at < 0 ? null : block[at];
    }

    /// <summary>False when there is an element of this tag already.</summary>
    internal bool TryAdd(DicomElement element) => Insert(element, replace: false);

    internal void Put(DicomElement element) => Insert(element, replace: true);

    internal bool Remove(DicomTag tag)
    {
        var block = BlockOf(tag);
        var at = Search(block, tag);
        if (at < 0)
            return false;
        block.RemoveAt(at);
        if (block.Count == 0 && _blocks.Count > 1)
            _blocks.Remove(block);
        Count--;
        return true;
    }

    internal void Clear()
    {
        _blocks.Clear();
        _blocks.Add(new(16));
        Count = 0;
    }

    internal IEnumerator<DicomElement> GetEnumerator()
    {
        foreach (var block in _blocks)
        {
            foreach (var element in block)
                yield return element;
        }
    }

    private static int Search(List<DicomElement> block, DicomTag tag)
    {
        if (block.Count == 0 || block[^1].Tag < tag)
            return ~block.Count;
        int low = 0, high = block.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = block[middle].Tag.CompareTo(tag);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private bool Insert(DicomElement element, bool replace)
    {
        var block = BlockOf(element.Tag);
        var at = Search(block, element.Tag);
        if (at >= 0)
        {
            if (replace)
                block[at] = element;
            return replace;
        }

        block.Insert(~at, element);
        Count++;
        if (block.Count > BlockLength)
            Split(block);
        return true;
    }

    private void Split(List<DicomElement> block)
    {
        // The last block grows by appending: leave it nearly full rather than half.
        var keep = ReferenceEquals(block, _blocks[^1]) ? BlockLength : BlockLength / 2;
        var upper = block.GetRange(keep, block.Count - keep);
        block.RemoveRange(keep, block.Count - keep);
        _blocks.Insert(_blocks.IndexOf(block) + 1, upper);
    }

    /// <summary>The last block whose first tag is not above the one sought, else the first block.</summary>
    private List<DicomElement> BlockOf(DicomTag tag)
    {
        int low = 0, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle][0].Tag <= tag)
                low = middle;
            else
                high = middle - 1;
        }

        return _blocks[low];
    }
}
