namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A test that runs dcmtk's tools. Skipped where they are not installed, except in CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DcmtkFactAttribute : FactAttribute
{
    public DcmtkFactAttribute()
    {
        if (!DcmtkTool.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "dcmtk is not installed (Debian: apt-get install dcmtk).";
    }
}
