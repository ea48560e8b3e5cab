using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>A theory about the corpus that compares with dcmtk; skipped without the corpus, and at home without dcmtk.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DcmtkCorpusTheoryAttribute : TheoryAttribute
{
    public DcmtkCorpusTheoryAttribute()
    {
        if (CorpusFolder.Path is null)
            Skip = CorpusFolder.SkipReason;
        else
            Skip = new DcmtkFactAttribute().Skip;
    }
}
