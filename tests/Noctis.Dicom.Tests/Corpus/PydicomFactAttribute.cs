namespace Noctis.Dicom.Tests.Corpus;

/// <summary>A fact that compares with pydicom; skipped at home without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PydicomFactAttribute : FactAttribute
{
    public PydicomFactAttribute()
    {
        if (Pydicom.IsSkipped)
            Skip = Pydicom.SkipReason;
    }
}
