namespace Noctis.Testing;

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of Noctis.sln, found upwards from the test's own.</summary>
    public static string Root { get; } = Find();

    /// <summary>The portal as it was built in the configuration of the tests, beside its static files' manifest.</summary>
    public static string PortalAssembly { get; } = Path.Combine(Root, "src", "Noctis.Portal", "bin", Configuration, "net10.0", "Noctis.Portal.dll");

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Noctis.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("Noctis.sln was not found above the test's folder.");
    }
}
