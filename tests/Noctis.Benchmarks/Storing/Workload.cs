using Noctis.Dicom.Data;
using Noctis.Testing.Dicom;

namespace Noctis.Benchmarks.Storing;

/// <summary>Objects of one size, as files.</summary>
/// <param name="Title">What it is, for a heading.</param>
/// <param name="Folder">Where the files are.</param>
/// <param name="Files">Their names, without the folder.</param>
/// <param name="FileBytes">The length of each.</param>
internal record Workload(string Title, string Folder, IReadOnlyList<string> Files, long FileBytes)
{
    /// <summary>CT images.</summary>
    public static Workload CreateCt(string parent, bool isQuick) => Create("CT", parent, isQuick ? 60 : 500, rows: 512, columns: 512);

    /// <summary>Objects that are all header, nearly.</summary>
    public static Workload CreateSmall(string parent, bool isQuick) => Create("small objects", parent, isQuick ? 240 : 2000, rows: 66, columns: 64);

    /// <summary>Called before each round.</summary>
    /// <param name="associations">How many senders share the files.</param>
    public virtual void BeginRound(int associations)
    {
    }

    /// <summary>Makes images of 16-bit noise, each with a UID of its own, in one series.</summary>
    /// <param name="name">What they are, in a word.</param>
    /// <param name="parent">The folder in which a folder for them is made.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Rows of an image.</param>
    /// <param name="columns">Columns of an image.</param>
    private static Workload Create(string name, string parent, int count, int rows, int columns)
    {
        var folder = Path.Combine(parent, FormattableString.Invariant($"files-{rows}"));
        var first = new PhantomImage { PixelBytes = rows * columns * 2, SeriesDescription = "Benchmark" };
        var random = new Random(rows);
        var pixels = new byte[rows * columns * 2];
        var files = new List<string>(count);
        foreach (var image in PhantomImage.CreateSeries(first, count))
        {
            var file = image.ToFile();
            random.NextBytes(pixels);
            file.Dataset
                .SetUInt16(DicomTag.Rows, (ushort)rows)
                .SetUInt16(DicomTag.Columns, (ushort)columns)
                .SetValue(DicomTag.PixelData, DicomVR.OW, pixels);
            var path = Path.Combine(folder, FormattableString.Invariant($"{files.Count:D5}.dcm"));
            Directory.CreateDirectory(folder);
            using (var stream = File.Create(path))
                file.Save(stream);
            files.Add(Path.GetFileName(path));
        }

        var bytes = new FileInfo(Path.Combine(folder, files[0])).Length;
        return new Workload(FormattableString.Invariant($"{count} {name} of {bytes / 1000.0:0.#} KB"), folder, files, bytes);
    }
}
