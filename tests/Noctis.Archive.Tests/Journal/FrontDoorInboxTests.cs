using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Journal;

public sealed class FrontDoorInboxTests
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");
    private static readonly FrontDoorCaller Scanner = new("CT-1", "192.0.2.7", JournalCode.CallingTitleUnknown);

    [DatabaseTheory]
    public async Task Inbox_Calls_AreOneByCallerAddressAndCauseTheNewestFirst(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await CallAsync(database, Scanner, "first");
        await CallAsync(database, Scanner with { RemoteAddress = "192.0.2.8" }, "elsewhere");
        await CallAsync(database, Scanner with { CallingAETitle = "ct-1" }, "in small letters");
        await CallAsync(database, Scanner with { Code = JournalCode.CalledTitleWrong }, "for another cause");
        await CallAsync(database, Scanner, "last");
        var queries = database.Services.GetRequiredService<FrontDoorQueries>();

        var page = await queries.ListInboxAsync(Administrator, new InboxFilter(), null, 3);
        Assert.Equal(["last", "for another cause", "in small letters"], page.Calls.Select(calls => calls.Last.Reason));
        Assert.Equal((2, Scanner), (page.Calls[0].Count, page.Calls[0].Caller));
        var older = await queries.ListInboxAsync(Administrator, new InboxFilter(), page.Older, 3);
        Assert.Equal("elsewhere", Assert.Single(older.Calls).Last.Reason);
        Assert.Null(older.Older);

        Assert.Equal(4, await queries.CountInboxAsync(Administrator, 99));
        Assert.Equal(2, await queries.CountInboxAsync(Administrator, 2));
        Assert.Single((await queries.ListInboxAsync(Administrator, new InboxFilter { Code = JournalCode.CalledTitleWrong }, null, 9)).Calls);
        Assert.Single((await queries.ListInboxAsync(Administrator, new InboxFilter { Text = "2.8" }, null, 9)).Calls);
        Assert.Equal(4, (await queries.ListInboxAsync(Administrator, new InboxFilter { Text = "Ct-" }, null, 9)).Calls.Count);
        Assert.Empty((await queries.ListInboxAsync(Administrator, new InboxFilter { Text = "%" }, null, 9)).Calls);
    }

    [DatabaseTheory]
    public async Task Dismiss_Calls_AreGoneUntilTheyComeAgain(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var looked = await CallAsync(database, Scanner, "first");
        await CallAsync(database, Scanner with { RemoteAddress = "192.0.2.8" }, "elsewhere");
        var queries = database.Services.GetRequiredService<FrontDoorQueries>();
        var commands = database.Services.GetRequiredService<FrontDoorCommands>();
        var told = 0;
        commands.Changed += () => told++;

        Assert.True((await commands.DismissAsync(Administrator, Scanner, looked)).IsSuccess);
        Assert.Equal("elsewhere", Assert.Single((await queries.ListInboxAsync(Administrator, new InboxFilter(), null, 9)).Calls).Last.Reason);
        var done = Assert.Single((await queries.ListInboxAsync(Administrator, new InboxFilter { IsDealtWith = true }, null, 9)).Calls);
        Assert.Equal((Scanner, "test", false), (done.Caller, done.DealtWithBy, done.IsBack));

        var again = await CallAsync(database, Scanner, "again");
        var back = (await queries.ListInboxAsync(Administrator, new InboxFilter(), null, 9)).Calls[0];
        Assert.Equal(("again", 2, true), (back.Last.Reason, back.Count, back.IsBack));

        Assert.True((await commands.DismissAsync(Administrator, Scanner, again)).IsSuccess);
        Assert.Equal(1, await queries.CountInboxAsync(Administrator, 99));
        Assert.True((await commands.RestoreAsync(Administrator, Scanner)).IsSuccess);
        Assert.Equal(2, await queries.CountInboxAsync(Administrator, 99));
        Assert.IsType<NotFoundError>((await commands.RestoreAsync(Administrator, Scanner)).Error);
        Assert.Equal(3, told);
        await using var context = database.AcrossFacilities();
        Assert.Equal([AuditAction.CallsDealtWith, AuditAction.CallsDealtWith, AuditAction.CallsReopened],
            await context.AuditEntries.Where(entry => entry.Action.StartsWith("front-door.")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
    }

    [DatabaseTheory]
    public async Task Dismiss_CallThatCameMeanwhile_IsNotDealtWith(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var looked = await CallAsync(database, Scanner, "looked at");
        await CallAsync(database, Scanner, "meanwhile");

        await database.Services.GetRequiredService<FrontDoorCommands>().DismissAsync(Administrator, Scanner, looked);

        Assert.Equal(1, await database.Services.GetRequiredService<FrontDoorQueries>().CountInboxAsync(Administrator, 99));
    }

    private static async Task<long> CallAsync(TestDatabase database, FrontDoorCaller caller, string reason)
    {
        var id = database.Services.GetRequiredService<IdGenerator>().Next();
        await using var context = database.AcrossFacilities();
        context.Add(new FrontDoorEntry
        {
            Id = id,
            TimeUtc = DateTime.UtcNow,
            Code = caller.Code,
            RemoteAddress = caller.RemoteAddress,
            CallingAETitle = caller.CallingAETitle,
            CalledAETitle = "NOCTIS_SERVER",
            LocalPort = 11112,
            Reason = reason,
        });
        await context.SaveChangesAsync();
        return id;
    }
}
