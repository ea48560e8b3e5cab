namespace Noctis.Gateway.Tests;

/// <summary>A test of what only Linux tells.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Only Linux tells which program holds a port.";
    }
}
