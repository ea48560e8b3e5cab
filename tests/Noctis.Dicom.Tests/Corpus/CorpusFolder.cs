namespace Noctis.Dicom.Tests.Corpus;

/// <summary>
/// Finds the corpus of real files, which is no part of the project: in NOCTIS_CORPUS, or in shared/corpus beside the
/// project or above it.
/// </summary>
public static class CorpusFolder
{
    public const string SkipReason = "No corpus: set NOCTIS_CORPUS or put it into shared/corpus beside the project.";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The folder; null when there is none here.</summary>
    public static string? Path => Found.Value;

    /// <summary>Files, as paths from the corpus folder with forward slashes, in order.</summary>
    public static IEnumerable<string> Files(Func<string, bool> isWanted) => Path is null
        ? []
        : Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Where(file => file is not ("README.md" or "MANIFEST.csv") && isWanted(file))
            .Order(StringComparer.Ordinal);

    /// <summary>Files that a program must read.</summary>
    public static IEnumerable<string> Readable => Files(file => !file.StartsWith("malformed/", StringComparison.Ordinal));

    public static string FullPath(string file) =>
        System.IO.Path.Combine(Path ?? throw new InvalidOperationException(SkipReason), file);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NOCTIS_CORPUS") is { Length: > 0 } named)
        {
            return Directory.Exists(named)
                ? System.IO.Path.GetFullPath(named)
                : throw new DirectoryNotFoundException($"NOCTIS_CORPUS names {named}, which is not there.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "corpus");
            if (File.Exists(System.IO.Path.Combine(candidate, "MANIFEST.csv")))
                return candidate;
        }

        return null;
    }
}
