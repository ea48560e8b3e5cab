using System.Text.RegularExpressions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Testing;

namespace Noctis.Gateway.Tests;

/// <summary>docs/conformance.md says what is negotiated.</summary>
public partial class ConformanceStatementTests
{
    private static readonly string Statement = File.ReadAllText(Path.Combine(Repository.Root, "docs", "conformance.md"));

    [Fact]
    public void StorageSopClasses_Listed_AreThoseAccepted()
    {
        var accepted = DicomUID.All.Where(uid => AcceptedSyntaxes.StorageOnly(uid.Value) is not null).Select(uid => uid.Value);

        Assert.Equal(accepted.Order(StringComparer.Ordinal), Listed("### 8.1"));
    }

    [Fact]
    public void TransferSyntaxes_Listed_AreThoseAccepted()
    {
        var storage = AcceptedSyntaxes.StorageOnly(DicomUID.CTImageStorage.Value)!;
        var accepted = DicomTransferSyntax.All.Select(syntax => syntax.UID.Value).Where(storage.AcceptsTransferSyntax);

        Assert.Equal(accepted.Order(StringComparer.Ordinal), Listed("### 8.2"));
    }

    [Fact]
    public void Implementation_Named_IsOurs()
    {
        Assert.Contains(Dicom.Files.DicomImplementation.ClassUID, Statement, StringComparison.Ordinal);
        Assert.Contains($"`{Dicom.Files.DicomImplementation.VersionName}`", Statement, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Listed(string heading)
    {
        var start = Statement.IndexOf(heading, StringComparison.Ordinal);
        var end = Statement.IndexOf("\n###", start + 1, StringComparison.Ordinal);
        return Uid().Matches(Statement[start..end]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\| ([0-9.]+) \|\n")]
    private static partial Regex Uid();
}
