using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Tests.Accounts;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Facilities;

public sealed class FacilityDeletionTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Admin = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task Deletion_OfOneFacility_RemovesItsRowsAndFiles_AndNobodyElses(DatabaseProviderKind kind)
    {
        var remover = new RecordingRemover();
        var (database, services) = await OpenAsync(kind, remover);
        var gone = await AddFacilityWithDevicesAsync(database, "Gone", 2500);
        var other = await AddFacilityWithDevicesAsync(database, "Other", 3);

        Assert.True((await services.GetRequiredService<FacilityCommands>().DeleteAsync(Admin, gone.FacilityId, " Gone ")).IsSuccess);
        await services.GetRequiredService<FacilityDeletion>().RunAsync(gone.FacilityId);

        await using var context = database.AcrossFacilities();
        Assert.False(await context.Facilities.AnyAsync(facility => facility.Id == gone.FacilityId));
        Assert.Equal(0, await context.Devices.CountAsync(device => device.FacilityId == gone.FacilityId));
        Assert.Equal(3, await context.Devices.CountAsync(device => device.FacilityId == other.FacilityId));
        Assert.Equal([gone.FacilityId], remover.Removed);
        Assert.True(await context.AuditEntries.AnyAsync(entry => entry.AboutFacilityId == gone.FacilityId && entry.Action == AuditAction.FacilityDeleted));
    }

    [DatabaseTheory]
    public async Task Deletion_OfAFacilityThatIsNotMarked_DoesNothing(DatabaseProviderKind kind)
    {
        var (database, services) = await OpenAsync(kind, new RecordingRemover());
        var facility = await AddFacilityWithDevicesAsync(database, "Kept", 1);

        await services.GetRequiredService<FacilityDeletion>().RunAsync(facility.FacilityId);

        await using var context = database.For(facility);
        Assert.Equal(1, await context.Devices.CountAsync());
    }

    [DatabaseTheory]
    public async Task Deletion_CutOff_KeepsItsMarkAndIsFinishedByTheNextRun(DatabaseProviderKind kind)
    {
        var remover = new RecordingRemover { Failure = new IOException("The disk is gone.") };
        var (database, services) = await OpenAsync(kind, remover);
        var facility = await AddFacilityWithDevicesAsync(database, "Cut off", 1);
        var deletion = services.GetRequiredService<FacilityDeletion>();
        await services.GetRequiredService<FacilityCommands>().DeleteAsync(Admin, facility.FacilityId, "Cut off");

        await Assert.ThrowsAsync<IOException>(() => deletion.RunAsync(facility.FacilityId));
        Assert.Contains(facility.FacilityId, await deletion.ListAsync());
        remover.Failure = null;
        await deletion.RunAsync(facility.FacilityId);

        Assert.DoesNotContain(facility.FacilityId, await deletion.ListAsync());
    }

    [DatabaseTheory]
    public async Task Facility_BeingDeleted_IsGoneForEverybody(DatabaseProviderKind kind)
    {
        var (database, services) = await OpenAsync(kind, new RecordingRemover());
        var facility = await AddFacilityWithDevicesAsync(database, "Closing", 1);
        var administrator = await AccountTests.AddAdministratorAsync(services);
        var commands = services.GetRequiredService<FacilityCommands>();
        var access = services.GetRequiredService<FacilityAccess>();
        Assert.True((await access.OpenAsync(administrator, facility.FacilityId)).IsSuccess);

        await commands.DeleteAsync(Admin, facility.FacilityId, "Closing");

        Assert.IsType<NotFoundError>((await access.OpenAsync(administrator, facility.FacilityId)).Error);
        Assert.DoesNotContain(await access.ListAsync(administrator), open => open.Id == facility.FacilityId);
        Assert.IsType<NotFoundError>((await services.GetRequiredService<FacilityQueries>().GetAsync(Admin, facility.FacilityId)).Error);
        Assert.IsType<NotFoundError>((await commands.ResumeAsync(Admin, facility.FacilityId)).Error);
    }

    [DatabaseTheory]
    public async Task Service_AtItsStart_FinishesWhatACrashLeft(DatabaseProviderKind kind)
    {
        var (database, services) = await OpenAsync(kind, new RecordingRemover());
        var facility = await AddFacilityWithDevicesAsync(database, "Left", 1);
        await services.GetRequiredService<FacilityCommands>().DeleteAsync(Admin, facility.FacilityId, "Left");

        var restarted = database.CreateServices();
        var gone = new TaskCompletionSource();
        using var subscription = restarted.GetRequiredService<FacilityChanges>().Subscribe(id =>
        {
            if (id == facility.FacilityId)
                gone.TrySetResult();
        });
        var service = restarted.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<FacilityDeletionService>().Single();
        await service.StartAsync(CancellationToken.None);
        await gone.Task;
        await service.StopAsync(CancellationToken.None);

        Assert.DoesNotContain(facility.FacilityId, await services.GetRequiredService<FacilityDeletion>().ListAsync());
    }

    [Fact]
    public void Order_OfDeletion_PutsDependentsFirst()
    {
        using var context = new NoctisDbContext(NoctisDbContextOptions.Create(new DatabaseOptions { ConnectionString = "Data Source=model.db" }));
        var order = FacilityDeletion.DependentsFirst(context.Model);

        Assert.Equal(context.Model.GetEntityTypes().Count(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)), order.Count);
        foreach (var type in order)
        {
            foreach (var principal in type.GetForeignKeys().Select(key => key.PrincipalEntityType).Where(principal => principal != type && order.Contains(principal)))
                Assert.True(order.IndexOf(type) < order.IndexOf(principal), $"{type.ClrType.Name} refers to {principal.ClrType.Name}.");
        }
    }

    private async Task<(TestDatabase Database, IServiceProvider Services)> OpenAsync(DatabaseProviderKind kind, IFacilityDataRemover remover)
    {
        var database = await databases.OpenAsync(kind);
        return (database, database.CreateServices(services => services.AddSingleton(remover)));
    }

    private static async Task<FacilityScope> AddFacilityWithDevicesAsync(TestDatabase database, string name, int devices)
    {
        var scope = await database.AddFacilityAsync(name);
        var ids = database.Services.GetRequiredService<IdGenerator>();
        await using var context = database.For(scope);
        context.AddRange(Enumerable.Range(0, devices).Select(i => new Device { Id = ids.Next(), AETitle = $"DEVICE{i}", CreatedUtc = DateTime.UtcNow }));
        await context.SaveChangesAsync();
        return scope;
    }

    private sealed class RecordingRemover : IFacilityDataRemover
    {
        public List<Guid> Removed { get; } = [];

        public Exception? Failure { get; set; }

        public Task RemoveAsync(FacilityScope scope, CancellationToken cancellationToken)
        {
            if (Failure is not null)
                throw Failure;
            Removed.Add(scope.FacilityId);
            return Task.CompletedTask;
        }
    }
}
