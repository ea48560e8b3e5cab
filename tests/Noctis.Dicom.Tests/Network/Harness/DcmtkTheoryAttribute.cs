namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A theory that runs dcmtk's tools. Skipped where they are not installed, except in CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DcmtkTheoryAttribute : TheoryAttribute
{
    public DcmtkTheoryAttribute() => Skip = new DcmtkFactAttribute().Skip;
}
