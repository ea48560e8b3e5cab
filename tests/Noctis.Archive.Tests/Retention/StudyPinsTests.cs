using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Retention;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Retention;

public sealed class StudyPinsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Pin_AStudy_StaysWhileMoreArrives_UntilUnpinned(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 10 };
        StoredInstance stored = (await database.Services.SendAsync(scope, image)).Stored();
        var pins = database.Services.GetRequiredService<StudyPins>();

        Assert.IsType<NotFoundError>((await pins.SetAsync(other, stored.StudyId, true, default)).Error);
        Assert.IsType<ForbiddenError>((await pins.SetAsync(
            FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false), stored.StudyId, true, default)).Error);
        Assert.True((await pins.SetAsync(scope, stored.StudyId, true, default)).IsSuccess);
        Assert.True((await pins.SetAsync(scope, stored.StudyId, true, default)).IsSuccess);
        // The writer remembers the study as it was, and writes all of it.
        await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value, StudyDescription = "Changed" });

        var queries = database.Services.GetRequiredService<StudyQueries>();
        Assert.True(Assert.Single((await queries.SearchAsync(scope, new StudySearch(), default)).Studies).IsPinned);
        Assert.True((await pins.SetAsync(scope, stored.StudyId, false, default)).IsSuccess);
        Assert.False((await queries.GetStudyAsync(scope, stored.StudyId, default)).Value.IsPinned);
        await using NoctisDbContext across = database.AcrossFacilities();
        Assert.Equal(
            [AuditAction.StudyPinned, AuditAction.StudyUnpinned],
            await across.AuditEntries.Where(row => row.AboutFacilityId == scope.FacilityId).OrderBy(row => row.Id).Select(row => row.Action).ToListAsync());
    }
}
