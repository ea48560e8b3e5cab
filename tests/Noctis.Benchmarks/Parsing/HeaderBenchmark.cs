using System.Diagnostics;
using System.Globalization;
using Noctis.Benchmarks.Measuring;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Benchmarks.Parsing;

/// <summary>Reads the headers of the corpus, up to the pixel data, with Noctis, pydicom and dcmdump, one thread each.</summary>
internal static class HeaderBenchmark
{
    private const int PassesPerRound = 5;

    // Until the code is as fast as it gets: the runtime optimizes in steps, while a program runs.
    private const int WarmUpPasses = 30;

    public static void Run(BenchmarkOptions options, string folder, CancellationToken cancellationToken)
    {
        var files = Corpus.Files();
        Console.WriteLine($"\n### Headers of the corpus, {files.Count} files\n");
        if (files.Count == 0)
        {
            Console.WriteLine($"Not measured: {Corpus.MissingText}");
            return;
        }

        var list = Path.Combine(folder, "corpus.txt");
        File.WriteAllLines(list, files);
        for (var i = 0; i < WarmUpPasses; i++)
        {
            _ = ReadAll(files, everyValue: false);
            _ = ReadAll(files, everyValue: true);
        }

        Dictionary<string, List<double>> rates = new() { ["noctis"] = [], ["noctis values"] = [], ["pydicom"] = [], ["pydicom values"] = [], ["dcmdump"] = [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rates["noctis"].Add(Rate(files, everyValue: false));
            rates["noctis values"].Add(Rate(files, everyValue: true));
            var (read, values) = RunPydicom(list);
            rates["pydicom"].Add(read);
            rates["pydicom values"].Add(values);
            rates["dcmdump"].Add(RunDcmdump(files));
        }

        var table = new MarkdownTable("reader", "files/s", "noctis / reader");
        Add("noctis", "noctis");
        Add("pydicom", "noctis");
        Add("noctis values", "noctis values");
        Add("pydicom values", "noctis values");
        Add("dcmdump", "noctis values");

        void Add(string name, string ours) => table.Add(
            name,
            MarkdownTable.Number(Median.Of(rates[name])),
            MarkdownTable.Number(Median.Of(rates[ours].Zip(rates[name], (mine, theirs) => mine / theirs))));
    }

    private static double Rate(IReadOnlyList<string> files, bool everyValue)
    {
        var clock = Stopwatch.StartNew();
        var read = 0;
        for (var pass = 0; pass < PassesPerRound; pass++)
            read += ReadAll(files, everyValue);
        return read / clock.Elapsed.TotalSeconds;
    }

    private static int ReadAll(IReadOnlyList<string> files, bool everyValue)
    {
        var read = 0;
        foreach (var path in files)
        {
            try
            {
                var file = DicomFile.Open(path, DicomReadOptions.WithoutPixelData);
                if (everyValue)
                    ReadValues(file.Dataset);
                read++;
            }
            catch (DicomDataException)
            {
                // Some files of the corpus are broken on purpose.
            }
        }

        return read;
    }

    private static void ReadValues(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                    ReadValues(item);
            }
            else
            {
                _ = dataset.GetStrings(element.Tag);
            }
        }
    }

    private static (double Read, double Values) RunPydicom(string list)
    {
        var output = Run("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Parsing", "read_headers.py"), list]);
        var words = output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static double RunDcmdump(IReadOnlyList<string> files)
    {
        var clock = Stopwatch.StartNew();
        _ = Run("dcmdump", ["--quiet", "--stop-before-elem", "PixelData", .. files]);
        return files.Count / clock.Elapsed.TotalSeconds;
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end.");
        }

        _ = errors.GetAwaiter().GetResult();
        return output;
    }
}
