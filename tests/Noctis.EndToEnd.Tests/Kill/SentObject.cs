using Noctis.Archive.Storage;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>
/// An object that was sent, perhaps several times with other content, and what of it must and may be found. One sender has it at a time.
/// </summary>
internal sealed class SentObject(Guid facilityId, DuplicatePolicy policy, PhantomImage image)
{
    private readonly List<SentContent> _acknowledged = [];
    private readonly List<SentContent> _unanswered = [];

    public Guid FacilityId => facilityId;

    public PhantomImage Image => image;

    public int Acknowledgements { get; private set; }

    /// <summary>Whether it has to be there. What was never answered with success may be there as well, but whole.</summary>
    public bool MustExist => _acknowledged.Count > 0;

    /// <summary>The contents that may count now: what was acknowledged, by the facility's policy, or what was on its way at a kill.</summary>
    public IEnumerable<SentContent> MayCount => policy == DuplicatePolicy.KeepFirst && MustExist
        ? _acknowledged.Take(1)
        : _acknowledged.TakeLast(1).Concat(_unanswered);

    /// <summary>The contents that have to have a file, whether they count or are kept beside.</summary>
    public IEnumerable<SentContent> MustBeKept => policy == DuplicatePolicy.KeepBoth ? _acknowledged : [];

    public void Sending(SentContent content) => _unanswered.Add(content);

    public void Acknowledged(SentContent content)
    {
        _unanswered.Remove(content);
        _acknowledged.Add(content);
        Acknowledgements++;
    }

    /// <summary>Nothing is on its way any more: what was found counts from now on, as if it had been acknowledged.</summary>
    public void Found(SentContent? content)
    {
        _unanswered.Clear();
        if (content is not null && !MayCount.Contains(content))
            _acknowledged.Add(content);
    }
}
