using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Journal;

public sealed class JournalPruningTests
{
    private long _next;

    [DatabaseTheory]
    public async Task Pruning_OldRows_RemovesThemFromBothJournalsAndLeavesTheAudit(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), another = await database.AddFacilityAsync();
        DateTime now = DateTime.UtcNow;
        int many = JournalPruning.BatchSize + 3;
        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            context.AddRange(Enumerable.Range(0, many).Select(_ => Entry(scope, now.AddDays(-11))));
            context.AddRange(Entry(another, now.AddDays(-10).AddMinutes(-1)), Entry(scope, now.AddDays(-10).AddMinutes(1)), Entry(another, now));
            context.AddRange(Stray(now.AddDays(-11)), Stray(now));
            context.Add(new AuditEntry { Id = Id(now.AddDays(-400)), TimeUtc = now.AddDays(-400), ActorKind = ActorKind.Job, ActorId = "", ActorName = "", Action = "facility.create" });
            await context.SaveChangesAsync();
        }

        IServiceProvider node = database.CreateServices(settings: new Dictionary<string, string?> { ["Journal:KeepDays"] = "10" });
        Assert.Equal(many + 2, await node.GetRequiredService<JournalPruning>().RunAsync());
        Assert.Equal(0, await node.GetRequiredService<JournalPruning>().RunAsync());

        await using NoctisDbContext after = database.AcrossFacilities();
        Assert.Equal(2, await after.Set<JournalEntry>().CountAsync());
        Assert.Equal(1, await after.Set<FrontDoorEntry>().CountAsync());
        Assert.Equal(1, await after.AuditEntries.CountAsync());
    }

    private long Id(DateTime time) => IdGenerator.FirstAt(time) + _next++;

    private JournalEntry Entry(FacilityScope scope, DateTime time) => new()
    {
        Id = Id(time),
        FacilityId = scope.FacilityId,
        TimeUtc = time,
        RemoteAddress = "192.0.2.7",
        CallingAETitle = "CT",
        CalledAETitle = "TEST",
    };

    private FrontDoorEntry Stray(DateTime time) => new()
    {
        Id = Id(time),
        TimeUtc = time,
        RemoteAddress = "192.0.2.7",
        CallingAETitle = "CT",
        CalledAETitle = "NOBODY",
        Reason = "None of that name.",
    };
}
