using Noctis.Archive.Auditing;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>What emptying the trash works with.</summary>
internal sealed record TrashParts(FacilityTransactions Transactions, TrashedStudyRemoval Removal, AuditTrail Audit);
