using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Benchmarks.Storing;

/// <summary>
/// Objects that nobody has seen before, in each round anew: an archive with an index would overwrite those that it has. Their UIDs are
/// written over by others of the same length, in a few milliseconds; each association gets a study of its own, as scanners have.
/// </summary>
internal sealed record FreshWorkload : Workload
{
    // Well-formed UIDs of UUIDs (PS3.5 B.2) as they are made here too, and below 2^128 since they begin with 1.
    private const string UidRoot = "2.25.1";

    private const int HeadBytes = 4096;

    private readonly Uids[] _uids;

    /// <summary>Finds the UIDs in the files.</summary>
    public FreshWorkload(Workload prepared)
        : base(prepared) => _uids = [.. Files.Select(name => Uids.Find(Path.Combine(Folder, name)))];

    /// <summary>Where the files are to be: in memory, so that changing them writes nothing to the disk that is measured, or else in the given folder.</summary>
    public static DirectoryInfo CreateFolder(string otherwise)
    {
        const string memory = "/dev/shm";
        var parent = Directory.Exists(memory) ? memory : otherwise;
        return Directory.CreateDirectory(Path.Combine(parent, $"noctis-bench-files-{Environment.ProcessId}"));
    }

    public override void BeginRound(int associations)
    {
        string[] studies = [.. Enumerable.Range(0, associations).Select(_ => NewUid(_uids[0].Study.Length))];
        string[] series = [.. Enumerable.Range(0, associations).Select(_ => NewUid(_uids[0].Series.Length))];
        for (var i = 0; i < _uids.Length; i++)
        {
            using var file = File.OpenHandle(Path.Combine(Folder, Files[i]), FileMode.Open, FileAccess.Write);
            _uids[i].Study.Write(file, studies[i % associations]);
            _uids[i].Series.Write(file, series[i % associations]);
            _uids[i].Instance.Write(file, NewUid(_uids[i].Instance.Length));
        }
    }

    private static string NewUid(int length) => UidRoot + Random.Shared.GetString("0123456789", length - UidRoot.Length);

    /// <summary>The three UIDs of a file.</summary>
    private sealed record Uids(Place Study, Place Series, Place Instance)
    {
        public static Uids Find(string path)
        {
            var dataset = DicomFile.Open(path, new DicomReadOptions { StopBefore = DicomTag.PixelData }).Dataset;
            var head = new byte[HeadBytes];
            using var file = File.OpenHandle(path);
            RandomAccess.Read(file, head, 0);
            return new Uids(
                Place.Find(head, dataset.GetString(DicomTag.StudyInstanceUID)!),
                Place.Find(head, dataset.GetString(DicomTag.SeriesInstanceUID)!),
                Place.Find(head, dataset.GetString(DicomTag.SOPInstanceUID)!));
        }
    }

    /// <summary>Where a value stands in a file, once or, in the meta group too, twice.</summary>
    private sealed record Place(int Length, IReadOnlyList<int> Offsets)
    {
        public static Place Find(ReadOnlySpan<byte> head, string value)
        {
            var bytes = Encoding.ASCII.GetBytes(value);
            var offsets = new List<int>();
            for (int from = 0, found; (found = head[from..].IndexOf(bytes)) >= 0; from += found + bytes.Length)
                offsets.Add(from + found);
            return new Place(bytes.Length, offsets);
        }

        public void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, string value)
        {
            foreach (var offset in Offsets)
                RandomAccess.Write(file, Encoding.ASCII.GetBytes(value), offset);
        }
    }
}
