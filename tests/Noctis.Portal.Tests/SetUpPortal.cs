using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Tests;

/// <summary>A portal in use: an administrator, facilities A and B, and people of A. All passwords are <see cref="Password"/>.</summary>
public sealed class SetUpPortal : PortalFactory, IAsyncLifetime
{
    public const string Password = "a fine day in May";
    public const string Administrator = "anna@example.org";
    public const string ManagerOfA = "manager@example.org";
    public const string StaffOfA = "staff@example.org";

    public Facility A { get; private set; } = default!;

    public Facility B { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        var accounts = Services.GetRequiredService<AccountCommands>();
        var made = await accounts.CreateFirstAdministratorAsync(new NewAccount(Administrator, "Anna Müller", Password));
        Assert.True(made.IsSuccess, made.ToString());
        A = await AddFacilityAsync("Hospital A");
        B = await AddFacilityAsync("Hospital B");
        await AddMemberAsync(A, ManagerOfA, FacilityRole.Manager);
        await AddMemberAsync(A, StaffOfA, FacilityRole.Staff);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async Task<Browser> SignedInAsync(string userName)
    {
        var browser = Browse();
        var page = await browser.SignInAsync(userName, Password);
        Assert.Equal("/", page.Location);
        return browser;
    }

    /// <summary>An account that has chosen its password already.</summary>
    public async Task<Guid> AddPersonAsync(string userName, bool mustChangePassword = false)
    {
        var created = await Services.GetRequiredService<AccountCommands>().CreateAsync(
            AdministratorScope.ForSystem("test"), new NewAccount(userName, "Some Person", Password), isAdministrator: false);
        Assert.True(created.IsSuccess, created.ToString());
        if (!mustChangePassword)
            await ChangeAsync(userName, user => user.MustChangePassword = false);
        return created.Value;
    }

    private async Task AddMemberAsync(Facility facility, string userName, FacilityRole role)
    {
        var scope = FacilityScope.ForJob(facility.Id, "test");
        var invited = await Services.GetRequiredService<TeamCommands>().InviteAsync(scope, new NewAccount(userName, "Some Person", Password), role);
        Assert.True(invited.IsSuccess, invited.ToString());
        await ChangeAsync(userName, user => user.MustChangePassword = false);
    }

    private async Task ChangeAsync(string userName, Action<NoctisUser> change)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
        var user = await users.FindByNameAsync(userName);
        change(user!);
        Assert.True((await users.UpdateAsync(user!)).Succeeded);
    }

    private async Task<Facility> AddFacilityAsync(string name)
    {
        var commands = Services.GetRequiredService<FacilityCommands>();
        var proposal = await commands.ProposeAsync(name);
        Assert.True(proposal.IsSuccess, proposal.ToString());
        var created = await commands.CreateAsync(AdministratorScope.ForSystem("test"), new FacilityDraft(name, proposal.Value.AETitle, proposal.Value.Port));
        Assert.True(created.IsSuccess, created.ToString());
        return created.Value;
    }
}
