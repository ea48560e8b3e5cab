using Noctis.Archive;

namespace Noctis.Portal.Journal;

/// <summary>A fix that was made, and the way back.</summary>
/// <param name="FacilityId">Where.</param>
/// <param name="Text">What is so now.</param>
/// <param name="Undo">Takes it back; null when nothing had to be changed.</param>
public sealed record AppliedFix(Guid FacilityId, string Text, Func<FacilityScope, Task<Result>>? Undo);
