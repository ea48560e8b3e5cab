namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A test that runs tools of the system. Skipped where one is not installed, except in CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = tools.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool))));
        if (missing is not null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"{missing} is not installed.";
    }
}
