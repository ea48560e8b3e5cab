using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Facilities;

public sealed class FacilityCommandsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Admin = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task Create_FromANameAlone_GetsAnAETitleAndAPortAndIsKept(DatabaseProviderKind kind)
    {
        var (database, commands) = await OpenAsync(kind);

        var facility = (await commands.CreateAsync(Admin, new FacilityDraft("  Central   Hospital "))).Value;

        Assert.Equal("Central Hospital", facility.Name);
        Assert.StartsWith("CENTRALHOSP", facility.AETitle, StringComparison.Ordinal);
        Assert.InRange(facility.Port, 11113, 13112);
        var kept = (await database.Services.GetRequiredService<FacilityQueries>().GetAsync(Admin, facility.Id)).Value;
        Assert.Equal((facility.AETitle, facility.Port, FacilityState.Active), (kept.AETitle, kept.Port, kept.State));
        Assert.Equal(DateTimeKind.Utc, kept.CreatedUtc.Kind);
    }

    [DatabaseTheory]
    public async Task Create_Twice_GetsTheLowestFreePortsInTurn(DatabaseProviderKind kind)
    {
        var range = await FreeRangeAsync(kind, 3);
        var (_, commands) = await OpenAsync(kind, range);

        int[] ports = [(await CreateAsync(commands, "A")).Port, (await CreateAsync(commands, "B")).Port, (await CreateAsync(commands, "C")).Port];
        var full = await commands.CreateAsync(Admin, new FacilityDraft("D"));

        Assert.Equal([range.First, range.First + 1, range.First + 2], ports);
        Assert.Equal(nameof(FacilityDraft.Port), full.Error?.Field);
        Assert.Contains("Dicom:PortRange", full.Error?.Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Proposal_WithAPortInUseOnThisMachine_PassesItOver(DatabaseProviderKind kind)
    {
        var range = await FreeRangeAsync(kind, 2);
        var (_, commands) = await OpenAsync(kind, range);
        using var other = Listen(range.First);

        var proposal = (await commands.ProposeAsync("A")).Value;
        var errors = await commands.ValidateAsync(new FacilityDraft("A", null, range.First));

        Assert.Equal(range.First + 1, proposal.Port);
        Assert.Contains("in use by another program", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Create_OnManyNodesAtOnce_LeavesNoTwoWithOnePortOrTitle(DatabaseProviderKind kind)
    {
        var range = await FreeRangeAsync(kind, 24);
        var database = await databases.OpenAsync(kind);
        var nodes = Enumerable.Range(0, 4).Select(_ => Commands(database, range)).ToList();

        var created = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => CreateAsync(nodes[i % nodes.Count], "Parallel"))));

        Assert.Equal(Enumerable.Range(range.First, 24), created.Select(facility => facility.Port).Order());
        Assert.Equal(24, created.Select(facility => facility.AETitle).Distinct().Count());
    }

    [DatabaseTheory]
    public async Task Create_WithTypedValues_KeepsThemInUpperCase(DatabaseProviderKind kind)
    {
        var range = await FreeRangeAsync(kind, 1);
        var (_, commands) = await OpenAsync(kind);

        var facility = (await commands.CreateAsync(Admin, new FacilityDraft("North", $" north{range.First} ", range.First))).Value;

        Assert.Equal(($"NORTH{range.First}", range.First), (facility.AETitle, facility.Port));
    }

    [DatabaseTheory]
    public async Task Validate_WithSeveralFaults_NamesEachField(DatabaseProviderKind kind)
    {
        var (_, commands) = await OpenAsync(kind);

        var errors = await commands.ValidateAsync(new FacilityDraft(" ", "A\\B", 70000));

        Assert.Equal([nameof(FacilityDraft.Name), nameof(FacilityDraft.AETitle), nameof(FacilityDraft.Port)], errors.Select(error => error.Field));
        var result = await commands.CreateAsync(Admin, new FacilityDraft(" ", "A\\B", 70000));
        Assert.Equal(3, Assert.IsType<InvalidFieldsError>(result.Error).Errors.Count);
    }

    [DatabaseTheory]
    public async Task Validate_ValuesOfAnotherFacility_AreTakenInAnyCase_AndItsOwnAreNot(DatabaseProviderKind kind)
    {
        var (_, commands) = await OpenAsync(kind);
        var facility = await CreateAsync(commands, "Taken");
        using var ownListener = Listen(facility.Port);
        var draft = new FacilityDraft("Other", facility.AETitle.ToLowerInvariant(), facility.Port);

        Assert.Equal([nameof(FacilityDraft.AETitle), nameof(FacilityDraft.Port)], (await commands.ValidateAsync(draft)).Select(error => error.Field));
        Assert.Empty(await commands.ValidateAsync(draft, facility.Id));
    }

    [DatabaseTheory]
    public async Task Validate_TheSharedDoorsValues_AreRefused(DatabaseProviderKind kind)
    {
        var (_, commands) = await OpenAsync(kind);

        var errors = await commands.ValidateAsync(new FacilityDraft("X", "noctis_server", 11112));

        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Contains("shared door", error.Message, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Update_FromAnOldVersion_IsRefusedAndChangesNothing(DatabaseProviderKind kind)
    {
        var (database, commands) = await OpenAsync(kind);
        var facility = await CreateAsync(commands, "Before");

        var first = await commands.UpdateAsync(Admin, facility.Id, new FacilityDraft("First"), facility.Version);
        var second = await commands.UpdateAsync(Admin, facility.Id, new FacilityDraft("Second"), facility.Version);

        Assert.Equal(facility.Version + 1, first.Value.Version);
        Assert.IsType<ConflictError>(second.Error);
        var kept = (await database.Services.GetRequiredService<FacilityQueries>().GetAsync(Admin, facility.Id)).Value;
        Assert.Equal(("First", facility.AETitle, facility.Port), (kept.Name, kept.AETitle, kept.Port));
    }

    [DatabaseTheory]
    public async Task State_ThroughItsLife_ChangesAsAsked(DatabaseProviderKind kind)
    {
        var (database, commands) = await OpenAsync(kind);
        var facility = await CreateAsync(commands, "Life");

        Assert.True(await IsActiveAsync());
        Assert.True((await commands.SuspendAsync(Admin, facility.Id)).IsSuccess);
        Assert.False(await IsActiveAsync());
        Assert.True((await commands.SuspendAsync(Admin, facility.Id)).IsSuccess);
        Assert.True((await commands.ResumeAsync(Admin, facility.Id)).IsSuccess);
        Assert.True(await IsActiveAsync());
        Assert.True((await commands.ArchiveAsync(Admin, facility.Id)).IsSuccess);
        Assert.False(await IsActiveAsync());
        Assert.IsType<ConflictError>((await commands.SuspendAsync(Admin, facility.Id)).Error);
        Assert.True((await commands.ResumeAsync(Admin, facility.Id)).IsSuccess);
        Assert.IsType<NotFoundError>((await commands.SuspendAsync(Admin, Guid.CreateVersion7())).Error);

        async Task<bool> IsActiveAsync() => (await database.Services.GetRequiredService<FacilityQueries>().GetAsync(Admin, facility.Id)).Value.State == FacilityState.Active;
    }

    [DatabaseTheory]
    public async Task EachChange_Committed_IsAnnouncedAndAudited(DatabaseProviderKind kind)
    {
        var (database, commands) = await OpenAsync(kind);
        var announced = new List<Guid>();
        using var subscription = database.Services.GetRequiredService<FacilityChanges>().Subscribe(announced.Add);

        var facility = await CreateAsync(commands, "Audited");
        await commands.UpdateAsync(Admin, facility.Id, new FacilityDraft("Renamed"), facility.Version);
        await commands.SuspendAsync(Admin, facility.Id);

        Assert.Equal(3, announced.Count(id => id == facility.Id));
        var entries = (await database.Services.GetRequiredService<AuditTrail>().ListAsync(FacilityScope.ForJob(facility.Id, "test"))).Value;
        Assert.Equal([AuditAction.FacilitySuspended, AuditAction.FacilityUpdated, AuditAction.FacilityCreated], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal("test", entry.ActorName));
    }

    [DatabaseTheory]
    public async Task Delete_WithAnotherName_IsRefused(DatabaseProviderKind kind)
    {
        var (database, commands) = await OpenAsync(kind);
        var facility = await CreateAsync(commands, "Precious");

        Assert.IsType<InvalidError>((await commands.DeleteAsync(Admin, facility.Id, "precious")).Error);
        Assert.True((await database.Services.GetRequiredService<FacilityQueries>().GetAsync(Admin, facility.Id)).IsSuccess);
    }

    private static async Task<Facility> CreateAsync(FacilityCommands commands, string name)
    {
        var result = await commands.CreateAsync(Admin, new FacilityDraft(name));
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private async Task<(TestDatabase Database, FacilityCommands Commands)> OpenAsync(DatabaseProviderKind kind, PortRange? range = null)
    {
        var database = await databases.OpenAsync(kind);
        return (database, range is null ? database.Services.GetRequiredService<FacilityCommands>() : Commands(database, range));
    }

    private static FacilityCommands Commands(TestDatabase database, PortRange range) =>
        database.CreateServices(settings: new Dictionary<string, string?> { ["Dicom:PortRange:First"] = $"{range.First}", ["Dicom:PortRange:Last"] = $"{range.Last}" })
            .GetRequiredService<FacilityCommands>();

    /// <summary>Ports next to each other that nobody has, on this machine and in this database.</summary>
    private async Task<PortRange> FreeRangeAsync(DatabaseProviderKind kind, int count)
    {
        await using var context = (await databases.OpenAsync(kind)).AcrossFacilities();
        var taken = await context.Facilities.Select(facility => facility.Port).ToHashSetAsync();
        while (true)
        {
            var first = Random.Shared.Next(14000, 29000);
            if (Enumerable.Range(first, count).All(port => !taken.Contains(port) && PortProbe.Fault(IPAddress.Any, port) is null))
                return new PortRange { First = first, Last = first + count - 1 };
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }
}
