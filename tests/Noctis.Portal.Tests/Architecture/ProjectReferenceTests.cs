using System.Reflection;
using System.Xml.Linq;
using Noctis.Testing;

namespace Noctis.Portal.Tests.Architecture;

/// <summary>Arrows run one way: Portal → Gateway → Archive → Dicom.</summary>
public class ProjectReferenceTests
{
    /// <summary>What each source project may name, directly. Migrations hang off the portal, which applies them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Noctis.Dicom"] = [],
        ["Noctis.SqlServerTypes"] = [],
        ["Noctis.Archive"] = ["Noctis.Dicom", "Noctis.SqlServerTypes"],
        ["Noctis.Gateway"] = ["Noctis.Archive", "Noctis.Dicom"],
        ["Noctis.Portal"] =
        [
            "Noctis.Gateway", "Noctis.Archive", "Noctis.Dicom",
            "Noctis.Migrations.Sqlite", "Noctis.Migrations.SqlServer", "Noctis.Migrations.PostgreSql",
        ],
    };

    [Fact]
    public void SourceProjects_References_RunOneWay()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

        Assert.Equal(Allowed.Keys.Order(), projects.Select(Path.GetFileNameWithoutExtension).Order());
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            Assert.Empty(references.Except(Allowed[name]));
        }
    }

    [Theory]
    [InlineData("Noctis.Dicom", "Noctis.Archive", "Noctis.Gateway", "Noctis.Portal")]
    [InlineData("Noctis.Archive", "Noctis.Gateway", "Noctis.Portal")]
    [InlineData("Noctis.Gateway", "Noctis.Portal")]
    public void Assembly_References_PointDownwards(string assembly, params string[] forbidden)
    {
        Assert.Empty(ReferencesOf(assembly).Intersect(forbidden));
    }

    [Fact]
    public void DicomAssembly_References_AreTheBaseClassLibraryAndLoggingAbstractions()
    {
        var strangers = ReferencesOf("Noctis.Dicom").Where(name =>
            !(name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("System.Data", StringComparison.Ordinal) && !name.StartsWith("System.Web", StringComparison.Ordinal))
            && name is not ("Microsoft.Extensions.Logging.Abstractions" or "netstandard" or "Microsoft.Win32.Primitives"));

        Assert.Empty(strangers);
    }

    [Fact]
    public void DicomProject_Packages_AreLoggingAbstractionsAlone()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "Noctis.Dicom", "Noctis.Dicom.csproj"));

        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"],
            project.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    private static IEnumerable<string> ReferencesOf(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!);
}
