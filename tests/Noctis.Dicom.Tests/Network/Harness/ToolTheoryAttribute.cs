namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A theory that runs tools of the system. Skipped where one is not installed, except in CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools) => Skip = new ToolFactAttribute(tools).Skip;
}
