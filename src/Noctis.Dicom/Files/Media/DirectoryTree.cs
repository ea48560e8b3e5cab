using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>
/// Follows the offsets between the records of a DICOMDIR (PS3.3 F.3.2.2). Every record is taken once, whatever the offsets
/// say, so neither circles nor depth can hurt; nothing is done by recursion.
/// </summary>
internal sealed class DirectoryTree
{
    private readonly Dictionary<long, DicomDirectoryRecord> _records;
    private readonly HashSet<DicomDirectoryRecord> _taken = [];
    private readonly List<DicomDirectoryRecord> _roots = [];
    private readonly List<string> _warnings = [];
    private readonly long _shift;

    public DirectoryTree(DicomDataset directory, IReadOnlyList<DicomDirectoryRecord> records)
    {
        _records = records.ToDictionary(r => r.Position);
        var first = Offset(directory, DicomTag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity);
        _shift = ShiftOf(first, records);
        if (_shift != 0)
            _warnings.Add($"All offsets are {Math.Abs(_shift)} bytes too {(_shift > 0 ? "small" : "great")}.");
        Follow(first, null);
        Unreached = [.. records.Where(r => !_taken.Contains(r))];
        if (Unreached.Count > 0)
            _warnings.Add($"No offset leads to {Unreached.Count} of the {records.Count} records.");
    }

    public IReadOnlyList<DicomDirectoryRecord> Roots => _roots;

    public IReadOnlyList<DicomDirectoryRecord> Unreached { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    private void Follow(long first, DicomDirectoryRecord? parent)
    {
        var entities = new Queue<(long First, DicomDirectoryRecord? Parent)>();
        entities.Enqueue((first, parent));
        while (entities.TryDequeue(out var entity))
        {
            for (var offset = entity.First; offset != 0;)
            {
                if (!_records.TryGetValue(offset + _shift, out var record))
                {
                    Warn(entity.Parent, $"the offset {offset} leads to no record; what should follow there is left out.");
                    break;
                }

                if (!_taken.Add(record))
                {
                    Warn(entity.Parent, $"the offset {offset} leads to a record that has its place already; it is not followed.");
                    break;
                }

                if (entity.Parent is null)
                    _roots.Add(record);
                else
                    entity.Parent.Add(record);
                entities.Enqueue((Offset(record.Keys, DicomTag.OffsetOfReferencedLowerLevelDirectoryEntity), record));
                offset = Offset(record.Keys, DicomTag.OffsetOfTheNextDirectoryRecord);
            }
        }
    }

    /// <summary>
    /// Some writers count from another place than the file's first byte (PS3.3 F.3.2.2). That is believed when every offset
    /// meets a record once all are moved so that the first one meets the first record.
    /// </summary>
    private long ShiftOf(long first, IReadOnlyList<DicomDirectoryRecord> records)
    {
        if (first == 0 || records.Count == 0 || _records.ContainsKey(first))
            return 0;
        var shift = records[0].Position - first;
        var all = records
            .SelectMany(r => new[]
            {
                Offset(r.Keys, DicomTag.OffsetOfTheNextDirectoryRecord),
                Offset(r.Keys, DicomTag.OffsetOfReferencedLowerLevelDirectoryEntity),
            })
            .Where(o => o != 0);
        return all.All(o => _records.ContainsKey(o + shift)) ? shift : 0;
    }

    private void Warn(DicomDirectoryRecord? parent, string what) =>
        _warnings.Add($"{(parent is null ? "In the root" : $"Below {parent}")} {what}");

    private static long Offset(DicomDataset keys, DicomTag tag) => keys.GetUInt32(tag) ?? 0;
}
