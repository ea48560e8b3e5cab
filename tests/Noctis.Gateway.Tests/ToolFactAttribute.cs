namespace Noctis.Gateway.Tests;

/// <summary>A test that needs somebody else's command-line tool, and is skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
            Skip = $"{tool} is not installed: it comes with Debian's package dcmtk.";
    }
}
