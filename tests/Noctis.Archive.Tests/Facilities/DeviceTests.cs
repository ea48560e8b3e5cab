using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Facilities;

public sealed class DeviceTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Device_Added_KeepsTheCaseOfItsTitleAndIsFoundInItsFacilityOnly(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var (commands, queries) = Services(database);

        var device = (await commands.AddAsync(mine, new DeviceDraft(" ct1 ", " Scanner ", "192.0.2.10"))).Value;

        Assert.Equal(("ct1", "Scanner", "192.0.2.10", true), (device.AETitle, device.Description, device.ExpectedAddress!, device.IsActive));
        Assert.Equal(device.Id, (await queries.FindAsync(mine, "ct1 "))?.Id);
        Assert.Null(await queries.FindAsync(mine, "CT1"));
        Assert.Null(await queries.FindAsync(theirs, "ct1"));
        Assert.IsType<NotFoundError>((await queries.GetAsync(theirs, device.Id)).Error);
    }

    [DatabaseTheory]
    public async Task Device_OfAnotherFacility_CanNeitherBeChangedNorRemoved(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var (commands, queries) = Services(database);
        var device = (await commands.AddAsync(theirs, new DeviceDraft("CT1"))).Value;

        Assert.IsType<NotFoundError>((await commands.UpdateAsync(mine, device.Id, new DeviceDraft("CT2"))).Error);
        Assert.IsType<NotFoundError>((await commands.RemoveAsync(mine, device.Id)).Error);

        Assert.Equal("CT1", (await queries.GetAsync(theirs, device.Id)).Value.AETitle);
    }

    [DatabaseTheory]
    public async Task Device_WithATitleThatTheFacilityHas_IsRefused_AndInAnotherFacilityIsNot(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var (commands, _) = Services(database);
        await commands.AddAsync(mine, new DeviceDraft("CT1"));
        var second = (await commands.AddAsync(mine, new DeviceDraft("CT2"))).Value;

        Assert.Equal(nameof(DeviceDraft.AETitle), (await commands.AddAsync(mine, new DeviceDraft(" CT1 "))).Error?.Field);
        Assert.Equal(nameof(DeviceDraft.AETitle), (await commands.UpdateAsync(mine, second.Id, new DeviceDraft("CT1"))).Error?.Field);
        Assert.True((await commands.UpdateAsync(mine, second.Id, new DeviceDraft("CT2", "Renamed"))).IsSuccess);
        Assert.True((await commands.AddAsync(theirs, new DeviceDraft("CT1"))).IsSuccess);
    }

    [DatabaseTheory]
    public async Task Device_WithFaults_NamesEachField(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await OpenAsync(kind);
        var (commands, _) = Services(database);

        var errors = await commands.ValidateAsync(mine, new DeviceDraft("A\\B", new string('x', 201), "not a host!"));

        Assert.Equal([nameof(DeviceDraft.AETitle), nameof(DeviceDraft.Description), nameof(DeviceDraft.ExpectedAddress)], errors.Select(error => error.Field));
    }

    private static (DeviceCommands Commands, DeviceQueries Queries) Services(TestDatabase database) =>
        (database.Services.GetRequiredService<DeviceCommands>(), database.Services.GetRequiredService<DeviceQueries>());

    private async Task<(TestDatabase Database, FacilityScope Mine, FacilityScope Theirs)> OpenAsync(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        return (database, await database.AddFacilityAsync("Mine"), await database.AddFacilityAsync("Theirs"));
    }
}
