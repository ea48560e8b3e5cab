using System.Text.RegularExpressions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Tutorial;

/// <summary>The tutorial's code is what stands here, and does what the tutorial says.</summary>
public sealed partial class TutorialTests : IDisposable
{
    private const string Host = "localhost";

    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-tutorial-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tutorial_EveryBlockOfCode_IsTheCodeThatIsRunHere()
    {
        var sources = Path.Combine(Repository.Root, "tests", "Noctis.Dicom.Tests", "Tutorial");
        var regions = new[] { "TutorialProgram.cs", "FolderArchive.cs" }
            .SelectMany(file => Region().Matches(ReadText(Path.Combine(sources, file))))
            .Select(match => Dedent(match.Groups[1].Value));
        var blocks = Block().Matches(ReadText(Path.Combine(Repository.Root, "docs", "tutorial.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(regions.Order(StringComparer.Ordinal), blocks.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SendAndReceive_Files_LieInTheFolder()
    {
        var files = SaveStudy("Phantom^Paula", 3).Files;
        var received = Path.Combine(_folder, "received");
        await using var listener = await TutorialProgram.ReceiveAsync(0, received);
        var port = listener.LocalEndPoint!.Port;

        Assert.Equal(DicomStatus.Success, await TutorialProgram.EchoAsync(Host, port));
        await TutorialProgram.SendAsync(Host, port, files);

        Assert.Equal(UidsIn(files), UidsIn(Directory.EnumerateFiles(received)));
    }

    [Fact]
    public async Task FindAndGet_AStudyThatWasSent_ComesBack()
    {
        var (study, files) = SaveStudy("Phantom^Paula", 3);
        var (_, others) = SaveStudy("Other^Olga", 2);
        await using var listener = await TutorialProgram.ServeAsync(0, Path.Combine(_folder, "archive"));
        var port = listener.LocalEndPoint!.Port;
        await TutorialProgram.SendAsync(Host, port, files.Concat(others));

        var found = Assert.Single(await TutorialProgram.FindStudiesAsync(Host, port, "phantom*"));
        var fetched = Path.Combine(_folder, "fetched");
        var count = await TutorialProgram.GetStudyAsync(Host, port, found.GetString(DicomTag.StudyInstanceUID)!, fetched);

        Assert.Equal(study, found.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal("20260102", found.GetString(DicomTag.StudyDate));
        Assert.Equal((ushort?)3, count);
        Assert.Equal(UidsIn(files), UidsIn(Directory.EnumerateFiles(fetched)));
    }

    [Fact]
    public async Task Echo_OverTls_Succeeds()
    {
        await using var listener = await TutorialProgram.ReceiveOverTlsAsync(0, Path.Combine(_folder, "received"), TestAuthority.Server);

        var status = await TutorialProgram.EchoOverTlsAsync(Host, listener.LocalEndPoint!.Port, TestAuthority.Trusted.Certificate);

        Assert.Equal(DicomStatus.Success, status);
    }

    private static IEnumerable<string> UidsIn(IEnumerable<string> files) =>
        files.Select(file => DicomFile.Open(file).Dataset.GetString(DicomTag.SOPInstanceUID)!).Order(StringComparer.Ordinal);

    // Where git writes the line ends of Windows, both files have them.
    private static string ReadText(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string Dedent(string code)
    {
        var lines = code.Split('\n');
        var margin = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[margin..] : line));
    }

    private (string Study, List<string> Files) SaveStudy(string patientName, int count)
    {
        var first = new PhantomImage { PatientName = patientName };
        return (first.StudyInstanceUID, PhantomImage.CreateSeries(first, count)
            .Select(image => image.Save(Path.Combine(_folder, "sent", image.SOPInstanceUID + ".dcm")))
            .ToList());
    }

    [GeneratedRegex(@"^ *// tutorial: (?!end\b)\w+\n(.*?)^ *// tutorial: end$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
