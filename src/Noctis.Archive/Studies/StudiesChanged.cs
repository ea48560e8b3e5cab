namespace Noctis.Archive.Studies;

/// <summary>What arrived at a facility, or went, since the last such message.</summary>
/// <param name="FacilityId">Whose studies.</param>
/// <param name="NewStudyIds">Studies that were not there before, or came back from the trash.</param>
/// <param name="ChangedStudyIds">Studies that were there and got more, or were changed otherwise, or are complete.</param>
/// <param name="Images">Images received, repeated ones included.</param>
public sealed record StudiesChanged(Guid FacilityId, IReadOnlySet<long> NewStudyIds, IReadOnlySet<long> ChangedStudyIds, int Images)
{
    /// <summary>Studies that went to the trash.</summary>
    public IReadOnlySet<long> RemovedStudyIds { get; init; } = new HashSet<long>();
}
