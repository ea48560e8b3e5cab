namespace Noctis.Dicom.Tests.Corpus;

/// <summary>A theory about files of the corpus; skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (CorpusFolder.Path is null)
            Skip = CorpusFolder.SkipReason;
    }
}
