namespace Noctis.Dicom.Tests.Corpus;

/// <summary>A fact about the corpus; skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (CorpusFolder.Path is null)
            Skip = CorpusFolder.SkipReason;
    }
}
