namespace Noctis.Dicom.Tests.Corpus;

/// <summary>A theory about the corpus that compares with pydicom; skipped without the corpus, and at home without pydicom.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PydicomCorpusTheoryAttribute : TheoryAttribute
{
    public PydicomCorpusTheoryAttribute()
    {
        if (CorpusFolder.Path is null)
            Skip = CorpusFolder.SkipReason;
        else if (Pydicom.IsSkipped)
            Skip = Pydicom.SkipReason;
    }
}
