namespace Noctis.Portal.Hosting;

/// <summary>The folder of Storage:Path. What the portal itself keeps there are the keys that protect cookies.</summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Storage:Path"] is { Length: > 0 } path ? path : "data");

    public static DirectoryInfo Keys(IConfiguration configuration)
    {
        var folder = new DirectoryInfo(Path.Combine(Of(configuration), "keys"));
        folder.Create();
        // Whoever reads these keys can make a cookie for anyone.
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return folder;
    }
}
