namespace Noctis.Archive.Studies;

/// <summary>What arrived at a facility since the last such message.</summary>
/// <param name="FacilityId">Whose studies.</param>
/// <param name="NewStudyIds">Studies that were not there before.</param>
/// <param name="ChangedStudyIds">Studies that were there and got more.</param>
/// <param name="Images">Images received, repeated ones included.</param>
public sealed record StudiesChanged(Guid FacilityId, IReadOnlySet<long> NewStudyIds, IReadOnlySet<long> ChangedStudyIds, int Images);
