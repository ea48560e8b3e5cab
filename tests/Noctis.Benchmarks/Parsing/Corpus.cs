namespace Noctis.Benchmarks.Parsing;

/// <summary>Finds the corpus of real files as the tests do: in NOCTIS_CORPUS, or in shared/corpus beside the project or above it.</summary>
internal static class Corpus
{
    public const string MissingText = "no corpus. Set NOCTIS_CORPUS, or put it into shared/corpus beside the project.";

    /// <summary>The files that a program must read, in order; none when there is no corpus.</summary>
    public static IReadOnlyList<string> Files()
    {
        if (Find() is not { } folder)
            return [];
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetRelativePath(folder, file) is var name
                    && name is not ("README.md" or "MANIFEST.csv")
                    && !name.StartsWith("malformed", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NOCTIS_CORPUS") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "corpus");
            if (File.Exists(Path.Combine(candidate, "MANIFEST.csv")))
                return candidate;
        }

        return null;
    }
}
