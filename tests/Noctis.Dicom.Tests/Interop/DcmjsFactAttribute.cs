namespace Noctis.Dicom.Tests.Interop;

/// <summary>A test that runs dcmjs-dimse. Skipped where it is not installed, except in CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DcmjsFactAttribute : FactAttribute
{
    public DcmjsFactAttribute()
    {
        if (!DcmjsDimse.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "dcmjs-dimse is not installed (tests/run.sh does it).";
    }
}
