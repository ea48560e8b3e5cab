using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Database;

/// <summary>Tries to cross from one facility to another by every way that a context offers.</summary>
public sealed class TenancyTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static long _id = 1000;

    [DatabaseTheory]
    public async Task Query_OfAnotherFacilitysRows_FindsNone(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, theirs);

        await using var context = database.For(mine);
        Assert.False(await context.Devices.AnyAsync(d => d.Id == device.Id));
        Assert.Null(await context.Devices.FindAsync(device.Id));
        Assert.Empty(await context.Devices.Where(d => d.FacilityId == theirs.FacilityId).ToListAsync());
        Assert.Empty(await context.Facilities.Where(f => f.Id == theirs.FacilityId).SelectMany(f => context.Devices.Where(d => d.FacilityId == f.Id)).ToListAsync());
    }

    [DatabaseTheory]
    public async Task Query_OfTheOwnRows_FindsThem(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, mine);

        await using var context = database.For(mine);
        Assert.Equal(device.AETitle, (await context.Devices.SingleAsync(d => d.Id == device.Id)).AETitle);
        Assert.NotNull(await context.Devices.FindAsync(device.Id));
    }

    [DatabaseTheory]
    public async Task Add_WithoutAFacility_IsStampedWithTheContexts(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await TwoFacilitiesAsync(kind);

        var device = await AddDeviceAsync(database, mine);

        Assert.Equal(mine.FacilityId, device.FacilityId);
    }

    [DatabaseTheory]
    public async Task Add_WithAnotherFacilitysId_Throws(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);

        await using var context = database.For(mine);
        context.Add(NewDevice(theirs.FacilityId));

        await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
        Assert.Throws<TenancyException>(() => context.SaveChanges());
    }

    [DatabaseTheory]
    public async Task Update_OfAnotherFacilitysRow_Throws(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, theirs);

        await using var context = database.For(mine);
        device.Description = "crossed";
        context.Update(device);

        await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
        await AssertUntouchedAsync(database, theirs, device.Id);
    }

    [DatabaseTheory]
    public async Task Update_OfAnotherFacilitysIdDressedAsOwn_ChangesNothing(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, theirs);

        await using var context = database.For(mine);
        context.Update(new Device { Id = device.Id, FacilityId = mine.FacilityId, AETitle = device.AETitle, Description = "crossed" });

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        await AssertUntouchedAsync(database, theirs, device.Id);
    }

    [DatabaseTheory]
    public async Task Delete_OfAnotherFacilitysIdDressedAsOwn_DeletesNothing(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, theirs);

        await using var context = database.For(mine);
        context.Remove(new Device { Id = device.Id, FacilityId = mine.FacilityId, AETitle = device.AETitle });

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        await AssertUntouchedAsync(database, theirs, device.Id);
    }

    [DatabaseTheory]
    public async Task Delete_OfAnotherFacilitysRow_Throws(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, theirs);

        await using var context = database.For(mine);
        context.Remove(device);

        await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
        await AssertUntouchedAsync(database, theirs, device.Id);
    }

    [DatabaseTheory]
    public async Task Row_MovedToAnotherFacility_Throws(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, mine);

        await using (var context = database.For(mine))
        {
            var entry = context.Entry(await context.Devices.SingleAsync(d => d.Id == device.Id));
            entry.Property(d => d.FacilityId).CurrentValue = theirs.FacilityId;
            await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
        }

        await using (var across = database.AcrossFacilities())
        {
            var entry = across.Entry(await across.Devices.SingleAsync(d => d.Id == device.Id));
            entry.Property(d => d.FacilityId).CurrentValue = theirs.FacilityId;
            await Assert.ThrowsAsync<TenancyException>(() => across.SaveChangesAsync());
        }
    }

    [DatabaseTheory]
    public async Task BulkStatements_WithoutACondition_TouchTheOwnRowsOnly(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var own = await AddDeviceAsync(database, mine);
        var foreign = await AddDeviceAsync(database, theirs);

        await using (var context = database.For(mine))
        {
            Assert.Equal(1, await context.Devices.ExecuteUpdateAsync(set => set.SetProperty(d => d.Description, "mine")));
            Assert.Equal(0, await context.Devices.Where(d => d.Id == foreign.Id).ExecuteDeleteAsync());
            Assert.Equal(1, await context.Devices.ExecuteDeleteAsync());
        }

        await AssertUntouchedAsync(database, theirs, foreign.Id);
        await using var across = database.AcrossFacilities();
        Assert.False(await across.Devices.AnyAsync(d => d.Id == own.Id));
    }

    [DatabaseTheory]
    public async Task ContextWithoutAFacility_TouchingTenantRows_Throws(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await TwoFacilitiesAsync(kind);
        await AddDeviceAsync(database, mine);

        await using var context = new NoctisDbContext(ContextOptions(database));
        Assert.NotNull(await context.Users.ToListAsync());
        await Assert.ThrowsAsync<TenancyException>(() => context.Devices.ToListAsync());
        await Assert.ThrowsAsync<TenancyException>(() => context.Memberships.CountAsync());
        await Assert.ThrowsAsync<TenancyException>(() => context.Devices.ExecuteDeleteAsync());
        context.Add(NewDevice(mine.FacilityId));
        await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
    }

    [DatabaseTheory]
    public async Task ContextAcrossFacilities_SeesAll_AndRefusesARowWithoutAFacility(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        long[] ids = [(await AddDeviceAsync(database, mine)).Id, (await AddDeviceAsync(database, theirs)).Id];

        await using var context = database.AcrossFacilities();
        Assert.Equal(2, await context.Devices.CountAsync(d => ids.Contains(d.Id)));
        context.Add(NewDevice(Guid.Empty));
        await Assert.ThrowsAsync<TenancyException>(() => context.SaveChangesAsync());
    }

    [DatabaseTheory]
    public async Task Row_OfAFacilityThatIsNotThere_IsRefusedByTheDatabase(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);

        await using var context = database.For(FacilityScope.ForJob(Guid.CreateVersion7(), "test"));
        context.Add(NewDevice(Guid.Empty));

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
        Assert.False(context.IsUniqueViolation(exception));
    }

    [DatabaseTheory]
    public async Task DuplicateKey_InAUniqueIndexOrPrimaryKey_IsRecognised(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await TwoFacilitiesAsync(kind);
        var device = await AddDeviceAsync(database, mine);

        await using (var sameTitle = database.For(mine))
        {
            sameTitle.Add(NewDevice(Guid.Empty, device.AETitle));
            Assert.True(sameTitle.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => sameTitle.SaveChangesAsync())));
        }

        await using (var sameId = database.For(mine))
        {
            sameId.Add(new Device { Id = device.Id, AETitle = "OTHER" });
            Assert.True(sameId.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => sameId.SaveChangesAsync())));
        }

        await using var otherFacility = database.For(theirs);
        otherFacility.Add(NewDevice(Guid.Empty, device.AETitle));
        Assert.Equal(1, await otherFacility.SaveChangesAsync());
    }

    [Fact]
    public void Scope_OfNoFacility_CannotBeMade() =>
        Assert.Throws<ArgumentException>(() => FacilityScope.ForListener(Guid.Empty));

    private async Task<(TestDatabase Database, FacilityScope Mine, FacilityScope Theirs)> TwoFacilitiesAsync(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        return (database, await database.AddFacilityAsync("Mine"), await database.AddFacilityAsync("Theirs"));
    }

    private static Device NewDevice(Guid facilityId, string? aeTitle = null)
    {
        var id = Interlocked.Increment(ref _id);
        return new Device { Id = id, FacilityId = facilityId, AETitle = aeTitle ?? $"DEVICE{id}", CreatedUtc = DateTime.UtcNow };
    }

    private static async Task<Device> AddDeviceAsync(TestDatabase database, FacilityScope scope)
    {
        await using var context = database.For(scope);
        var device = NewDevice(Guid.Empty);
        context.Add(device);
        await context.SaveChangesAsync();
        return device;
    }

    private static async Task AssertUntouchedAsync(TestDatabase database, FacilityScope scope, long deviceId)
    {
        await using var context = database.For(scope);
        Assert.Equal("", (await context.Devices.SingleAsync(d => d.Id == deviceId)).Description);
    }

    private static DbContextOptions<NoctisDbContext> ContextOptions(TestDatabase database) =>
        NoctisDbContextOptions.Create(new DatabaseOptions { Provider = database.Kind.ToString(), ConnectionString = database.ConnectionString });
}
