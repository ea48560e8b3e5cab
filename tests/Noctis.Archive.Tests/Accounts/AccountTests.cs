using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Accounts;

public sealed class AccountTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const string Password = "correct horse battery";
    private static readonly AdministratorScope System = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task FirstAdministrator_OnAnEmptyDatabaseByTwoAtOnce_IsMadeOnce(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var queries = database.Services.GetRequiredService<AccountQueries>();
        Assert.False(await queries.IsSetUpAsync());

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() =>
            database.CreateServices().GetRequiredService<AccountCommands>().CreateFirstAdministratorAsync(new NewAccount($"admin{i}", "Admin", Password)))));

        Assert.Single(results, result => result.IsSuccess);
        Assert.IsType<ConflictError>(results.Single(result => !result.IsSuccess).Error);
        var account = Assert.Single(await queries.ListAsync(System));
        Assert.True(account.IsAdministrator);
        Assert.True(await queries.IsSetUpAsync());
    }

    [DatabaseTheory]
    public async Task FirstAdministrator_WithAPasswordThatIsTooShort_LeavesTheSetUpOpen(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var commands = database.Services.GetRequiredService<AccountCommands>();

        var refused = await commands.CreateFirstAdministratorAsync(new NewAccount("admin", "Admin", "short"));

        Assert.Equal(nameof(NewAccount.Password), refused.Error switch { InvalidFieldsError several => several.Errors[0].Field, var error => error?.Field });
        Assert.True((await commands.CreateFirstAdministratorAsync(new NewAccount("admin", "Admin", Password))).IsSuccess);
    }

    [DatabaseTheory]
    public async Task Open_ByAMember_GivesTheRoleInThatFacilityAndNoOther(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var access = database.Services.GetRequiredService<FacilityAccess>();
        var userId = await InviteAsync(database, mine, FacilityRole.Staff);

        var scope = (await access.OpenAsync(userId, mine.FacilityId)).Value;

        Assert.Equal((mine.FacilityId, FacilityRole.Staff, false, false), (scope.FacilityId, scope.Role!.Value, scope.IsAdministrator, scope.MayManage));
        Assert.IsType<NotFoundError>((await access.OpenAsync(userId, theirs.FacilityId)).Error);
        Assert.IsType<NotFoundError>((await access.OpenAsync(userId, Guid.CreateVersion7())).Error);
        Assert.IsType<NotFoundError>((await access.OpenAsync(Guid.CreateVersion7(), mine.FacilityId)).Error);
        Assert.Equal([mine.FacilityId], (await access.ListAsync(userId)).Select(open => open.Id));
        Assert.IsType<ForbiddenError>((await access.OpenAdministrationAsync(userId)).Error);
    }

    [DatabaseTheory]
    public async Task Open_ByAnAdministrator_WorksEverywhere(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var access = database.Services.GetRequiredService<FacilityAccess>();
        var administrator = await AddAdministratorAsync(database.Services);

        Assert.True((await access.OpenAsync(administrator, mine.FacilityId)).Value.MayManage);
        var all = await access.ListAsync(administrator);
        Assert.Contains(all, open => open.Id == mine.FacilityId && open.Role == null);
        Assert.Contains(all, open => open.Id == theirs.FacilityId);
        Assert.True((await access.OpenAdministrationAsync(administrator)).IsSuccess);
    }

    [DatabaseTheory]
    public async Task Account_Disabled_OpensNothing_UntilItIsEnabled(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await OpenAsync(kind);
        var (access, commands) = (database.Services.GetRequiredService<FacilityAccess>(), database.Services.GetRequiredService<AccountCommands>());
        var userId = await InviteAsync(database, mine, FacilityRole.Manager);

        Assert.True((await commands.SetDisabledAsync(System, userId, true)).IsSuccess);
        Assert.False((await access.OpenAsync(userId, mine.FacilityId)).IsSuccess);
        Assert.Empty(await access.ListAsync(userId));
        Assert.True((await commands.SetDisabledAsync(System, userId, false)).IsSuccess);
        Assert.True((await access.OpenAsync(userId, mine.FacilityId)).IsSuccess);
    }

    [DatabaseTheory]
    public async Task Administrator_TheLastOne_CannotBeDisabledOrDemoted(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var commands = database.Services.GetRequiredService<AccountCommands>();
        var first = (await commands.CreateFirstAdministratorAsync(new NewAccount("admin", "Admin", Password))).Value;

        Assert.IsType<ConflictError>((await commands.SetDisabledAsync(System, first, true)).Error);
        Assert.IsType<ConflictError>((await commands.SetAdministratorAsync(System, first, false)).Error);
        Assert.True((await commands.CreateAsync(System, new NewAccount("second", "Second", Password), isAdministrator: true)).IsSuccess);
        Assert.True((await commands.SetAdministratorAsync(System, first, false)).IsSuccess);
    }

    [DatabaseTheory]
    public async Task Invite_OfAPersonWithAnAccount_AddsTheFacilityAndKeepsThePassword(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var team = database.Services.GetRequiredService<TeamCommands>();
        var name = Unique("person");
        var first = (await team.InviteAsync(mine, new NewAccount(name, "Person", Password), FacilityRole.Manager)).Value;

        var second = (await team.InviteAsync(theirs, new NewAccount(name.ToUpperInvariant(), "Ignored", "another password"), FacilityRole.Staff)).Value;

        Assert.Equal((first.UserId, false), (second.UserId, second.AccountCreated));
        Assert.Equal(2, (await database.Services.GetRequiredService<FacilityAccess>().ListAsync(first.UserId)).Count);
        await using var scope = database.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
        var user = await users.FindByNameAsync(name);
        Assert.True(await users.CheckPasswordAsync(user!, Password));
        Assert.True(user!.MustChangePassword);
    }

    [DatabaseTheory]
    public async Task Team_OfOneFacility_ListsItsMembersOnly_AndChangesThemOnly(DatabaseProviderKind kind)
    {
        var (database, mine, theirs) = await OpenAsync(kind);
        var (team, queries) = (database.Services.GetRequiredService<TeamCommands>(), database.Services.GetRequiredService<AccountQueries>());
        var member = await InviteAsync(database, mine, FacilityRole.Staff);
        var stranger = await InviteAsync(database, theirs, FacilityRole.Staff);

        Assert.IsType<NotFoundError>((await team.SetRoleAsync(mine, stranger, FacilityRole.Manager)).Error);
        Assert.IsType<NotFoundError>((await team.RemoveAsync(mine, stranger)).Error);
        Assert.True((await team.SetRoleAsync(mine, member, FacilityRole.Manager)).IsSuccess);
        Assert.Equal([(member, FacilityRole.Manager)], (await queries.ListTeamAsync(mine)).Select(m => (m.UserId, m.Role)));
        Assert.Equal([(stranger, FacilityRole.Staff)], (await queries.ListTeamAsync(theirs)).Select(m => (m.UserId, m.Role)));
        Assert.True((await team.RemoveAsync(mine, member)).IsSuccess);
        Assert.Empty(await queries.ListTeamAsync(mine));
    }

    [DatabaseTheory]
    public async Task Staff_ChangingTeamOrDevices_IsForbidden(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await OpenAsync(kind);
        var userId = await InviteAsync(database, mine, FacilityRole.Staff);
        var staff = (await database.Services.GetRequiredService<FacilityAccess>().OpenAsync(userId, mine.FacilityId)).Value;
        var (team, devices) = (database.Services.GetRequiredService<TeamCommands>(), database.Services.GetRequiredService<DeviceCommands>());

        Assert.IsType<ForbiddenError>((await team.InviteAsync(staff, new NewAccount("x", "X", Password), FacilityRole.Staff)).Error);
        Assert.IsType<ForbiddenError>((await team.SetRoleAsync(staff, userId, FacilityRole.Manager)).Error);
        Assert.IsType<ForbiddenError>((await team.RemoveAsync(staff, userId)).Error);
        Assert.IsType<ForbiddenError>((await devices.AddAsync(staff, new DeviceDraft("CT1"))).Error);
        Assert.IsType<ForbiddenError>((await devices.UpdateAsync(staff, 1, new DeviceDraft("CT1"))).Error);
        Assert.IsType<ForbiddenError>((await devices.RemoveAsync(staff, 1)).Error);
        Assert.IsType<ForbiddenError>((await database.Services.GetRequiredService<AuditTrail>().ListAsync(staff)).Error);
    }

    [DatabaseTheory]
    public async Task Account_WithATakenUserName_IsRefusedByField(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        await AddAdministratorAsync(database.Services);
        var commands = database.Services.GetRequiredService<AccountCommands>();
        var account = new NewAccount(Unique("taken"), "Taken", Password);
        Assert.True((await commands.CreateAsync(System, account, false)).IsSuccess);

        var again = await commands.CreateAsync(System, account with { UserName = account.UserName.ToUpperInvariant() }, false);

        Assert.Equal(nameof(NewAccount.UserName), again.Error?.Field);
    }

    [DatabaseTheory]
    public async Task Password_SetByAnAdministrator_WorksAndHasToBeChanged(DatabaseProviderKind kind)
    {
        var (database, mine, _) = await OpenAsync(kind);
        var userId = await InviteAsync(database, mine, FacilityRole.Staff);
        var commands = database.Services.GetRequiredService<AccountCommands>();

        Assert.False((await commands.SetPasswordAsync(System, userId, "short")).IsSuccess);
        Assert.True(await PasswordIsAsync(database, userId, Password));
        Assert.True((await commands.SetPasswordAsync(System, userId, "a new long password")).IsSuccess);
        Assert.True(await PasswordIsAsync(database, userId, "a new long password"));
    }

    /// <summary>An administrator in a database that other tests use too.</summary>
    internal static async Task<Guid> AddAdministratorAsync(IServiceProvider services)
    {
        var commands = services.GetRequiredService<AccountCommands>();
        var account = new NewAccount(Unique("admin"), "Admin", Password);
        var first = await commands.CreateFirstAdministratorAsync(account);
        if (first.IsSuccess)
            return first.Value;
        return (await commands.CreateAsync(System, account, isAdministrator: true)).Value;
    }

    private static async Task<Guid> InviteAsync(TestDatabase database, FacilityScope facility, FacilityRole role)
    {
        var invited = await database.Services.GetRequiredService<TeamCommands>().InviteAsync(facility, new NewAccount(Unique("user"), "User", Password), role);
        Assert.True(invited.IsSuccess, invited.ToString());
        return invited.Value.UserId;
    }

    private static async Task<bool> PasswordIsAsync(TestDatabase database, Guid userId, string password)
    {
        await using var scope = database.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
        return await users.CheckPasswordAsync((await users.FindByIdAsync(userId.ToString()))!, password);
    }

    private async Task<(TestDatabase Database, FacilityScope Mine, FacilityScope Theirs)> OpenAsync(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        return (database, await database.AddFacilityAsync("Mine"), await database.AddFacilityAsync("Theirs"));
    }

    private static string Unique(string name) => $"{name}-{Guid.NewGuid():N}@example.org";
}
