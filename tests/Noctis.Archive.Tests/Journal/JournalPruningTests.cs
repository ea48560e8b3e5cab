using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
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

    [DatabaseTheory]
    public async Task Pruning_FacilitiesWithDaysOfTheirOwn_KeepsEachAsLongAsItSays(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope shorter = await database.AddFacilityAsync(), longer = await database.AddFacilityAsync(), usual = await database.AddFacilityAsync();
        FacilityScope unreadable = await database.AddFacilityAsync();
        DateTime now = DateTime.UtcNow;
        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            foreach (FacilityScope scope in new[] { shorter, longer, usual, unreadable })
                context.AddRange(Entry(scope, now.AddDays(-40)), Entry(scope, now.AddDays(-8)), Entry(scope, now.AddDays(-1)));
            context.Add(Settings(shorter, new FacilitySettings { Logging = new LoggingSettings { KeepDays = 2 } }));
            context.Add(Settings(longer, new FacilitySettings { Logging = new LoggingSettings { KeepDays = 100 } }));
            context.Add(new FacilitySettingsRow { FacilityId = unreadable.FacilityId, Document = "{\"Logging\":null}" });
            await context.SaveChangesAsync();
        }

        IServiceProvider node = database.CreateServices(settings: new Dictionary<string, string?> { ["Journal:KeepDays"] = "10" });
        Assert.Equal(3, await node.GetRequiredService<JournalPruning>().RunAsync());

        await using NoctisDbContext after = database.AcrossFacilities();
        var left = await after.Set<JournalEntry>().GroupBy(entry => entry.FacilityId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        Assert.Equal((1, 3, 2, 3), (left[shorter.FacilityId], left[longer.FacilityId], left[usual.FacilityId], left[unreadable.FacilityId]));
    }

    private static FacilitySettingsRow Settings(FacilityScope scope, FacilitySettings settings) =>
        new() { FacilityId = scope.FacilityId, Document = SettingsDocument.Write(settings) };

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
