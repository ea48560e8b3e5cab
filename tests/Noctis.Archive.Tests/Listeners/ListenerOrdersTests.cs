using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Listeners;

public sealed class ListenerOrdersTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Give_OneAfterTheOther_CountsAnnouncesAndIsAudited(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();
        var told = new List<Guid>();
        using var heard = database.Services.GetRequiredService<FacilityChanges>().Subscribe(told.Add);

        await Orders(database).GiveAsync(scope, ListenerOrderKind.Stop);
        var last = (await Orders(database).GiveAsync(scope, ListenerOrderKind.Restart)).Value;

        Assert.Equal((ListenerOrderKind.Restart, 2, "test"), (last.Kind, last.Number, last.ActorName));
        Assert.Equal(2, (await Orders(database).FindAsync(scope))?.Number);
        Assert.Equal(2, told.Count(id => id == scope.FacilityId));
        var audited = (await database.Services.GetRequiredService<AuditTrail>().ListAsync(scope)).Value;
        Assert.Equal(["Restart", "Stop"], audited.Where(entry => entry.Action == AuditAction.ListenerOrdered).Select(entry => entry.Detail));
    }

    [DatabaseTheory]
    public async Task Give_ManyAtOnce_EachIsANumberOfItsOwn(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();

        var given = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Orders(database).GiveAsync(scope, ListenerOrderKind.Restart)));

        Assert.Equal([1, 2, 3], given.Select(order => order.Value.Number).Order());
    }

    [DatabaseTheory]
    public async Task Give_ByStaffOrNoOrder_IsRefused(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, isAdministrator: false);

        Assert.IsType<ForbiddenError>((await Orders(database).GiveAsync(staff, ListenerOrderKind.Stop)).Error);
        Assert.IsType<InvalidError>((await Orders(database).GiveAsync(scope, (ListenerOrderKind)17)).Error);
        Assert.Null(await Orders(database).FindAsync(scope));
    }

    private static ListenerOrders Orders(TestDatabase database) => database.Services.GetRequiredService<ListenerOrders>();
}
