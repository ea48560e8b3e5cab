namespace Noctis.Portal.Hosting;

/// <summary>The folder of Storage:Path. What the portal itself keeps there are the keys that protect cookies.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Storage:Path"] is { Length: > 0 } path ? path : "data");

    /// <summary>The keys' folder, made where it is missing; the data folder too, for its owner alone. One that is there keeps its mode.</summary>
    public static DirectoryInfo Keys(IConfiguration configuration)
    {
        // Patients' images and the index of them: no other account of this machine has to read those.
        if (!OperatingSystem.IsWindows() && !Directory.Exists(Of(configuration)))
            Directory.CreateDirectory(Of(configuration), OwnerOnly);
        var folder = new DirectoryInfo(Path.Combine(Of(configuration), "keys"));
        folder.Create();
        // Whoever reads these keys can make a cookie for anyone.
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = OwnerOnly;
        return folder;
    }
}
