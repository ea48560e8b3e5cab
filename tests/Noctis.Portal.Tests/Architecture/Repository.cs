namespace Noctis.Portal.Tests.Architecture;

internal static class Repository
{
    /// <summary>The folder of Noctis.sln, found upwards from the test's own.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Noctis.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Noctis.sln was not found above the test's folder.");
    }
}
