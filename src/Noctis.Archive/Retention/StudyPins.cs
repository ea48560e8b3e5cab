using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>Pins studies, so that clean-up spares them however old they become, and unpins them. A person may delete a pinned study all the same.</summary>
public sealed class StudyPins
{
    private readonly FacilityTransactions _transactions;
    private readonly AuditTrail _audit;
    private readonly StudyEvents _events;

    internal StudyPins(FacilityTransactions transactions, AuditTrail audit, StudyEvents events) => (_transactions, _audit, _events) = (transactions, audit, events);

    /// <summary>For managers and administrators.</summary>
    public async Task<Result> SetAsync(FacilityScope scope, long studyId, bool isPinned, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage) return new ForbiddenError("Studies are pinned by the facility's managers. Ask one of them.");
        // Under the facility's lock: clean-up looks at the pin under it too, and never takes what was pinned a moment before.
        bool found = await _transactions.RunAsync(scope, context => SetAsync(context, scope, studyId, isPinned, ct), ct);
        if (!found) return new NotFoundError("There is no such study in this facility. It may have been deleted: look into the trash.");
        _events.Publish(scope.FacilityId, changed: [studyId]);
        return Result.Success;
    }

    private async Task<bool> SetAsync(NoctisDbContext context, FacilityScope scope, long studyId, bool isPinned, CancellationToken ct)
    {
        Study? study = await context.Set<Study>().FirstOrDefaultAsync(row => row.Id == studyId, ct);
        if (study is null) return false;
        if (study.IsPinned == isPinned) return true;
        study.IsPinned = isPinned;
        _audit.Add(context, AuditActor.Of(scope), isPinned ? AuditAction.StudyPinned : AuditAction.StudyUnpinned, scope.FacilityId,
            studyId.ToString(CultureInfo.InvariantCulture));
        await context.SaveChangesAsync(ct);
        return true;
    }
}
