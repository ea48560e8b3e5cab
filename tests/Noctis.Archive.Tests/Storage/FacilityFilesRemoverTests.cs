using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Ingest;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Storage;

public sealed class FacilityFilesRemoverTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Delete_FacilityWithImages_RemovesItsRowsAndFilesAndNobodyElses(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope gone = await database.AddFacilityAsync(), stays = await database.AddFacilityAsync();
        foreach (FacilityScope scope in new[] { gone, stays })
        {
            foreach (PhantomImage image in PhantomImage.CreateSeries(new PhantomImage { PixelBytes = 100 }, 3)) (await database.Services.SendAsync(scope, image)).Stored();
        }

        await using NoctisDbContext across = database.AcrossFacilities();
        await across.Facilities.Where(facility => facility.Id == gone.FacilityId)
            .ExecuteUpdateAsync(set => set.SetProperty(facility => facility.State, FacilityState.Deleting));
        await database.Services.GetRequiredService<FacilityDeletion>().RunAsync(gone.FacilityId);

        Assert.False(Directory.Exists(new Archive.Storage.StoragePaths(database.StoragePath).Facility(gone.FacilityId)));
        Assert.False(await across.Set<Instance>().AnyAsync(row => row.FacilityId == gone.FacilityId));
        Assert.False(await across.Set<FacilityUsage>().AnyAsync(row => row.FacilityId == gone.FacilityId));
        Assert.False(await across.Facilities.AnyAsync(facility => facility.Id == gone.FacilityId));
        Assert.Equal(3, new FacilityDisk(database, stays.FacilityId).Objects().Length);
        Assert.Equal(3, await across.Set<Instance>().CountAsync(row => row.FacilityId == stays.FacilityId));
    }
}
