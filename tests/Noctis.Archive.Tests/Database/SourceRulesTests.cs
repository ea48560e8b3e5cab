using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Noctis.Archive.Tests.Database;

/// <summary>Ways round tenancy that the compiler allows: they may stand in Database/ alone, where each is reviewed.</summary>
public sealed partial class SourceRulesTests
{
    [Fact]
    public void Source_OutsideTheDatabaseFolder_GoesNotRoundTheTenantFilter()
    {
        var root = SourceRoot();
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Noctis.Archive/Database/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);

        var offenders = files.Where(file => RoundTheFilter().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(root, file));

        Assert.Empty(offenders);
    }

    // Raw SQL has no filter, IgnoreQueryFilters drops it, and a bulk update could move rows to another facility.
    [GeneratedRegex(@"\b(IgnoreQueryFilters|FromSql\w*|SqlQuery\w*|ExecuteSql\w*)\s*[(<]|SetProperty\(\s*\w+\s*=>\s*\w+\.FacilityId\b")]
    private static partial Regex RoundTheFilter();

    private static string SourceRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src")).Replace('\\', '/');
}
