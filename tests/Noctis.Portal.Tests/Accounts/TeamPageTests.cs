using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Accounts;

/// <summary>The pages that change accounts, on the archive of a real portal.</summary>
public sealed class TeamPageTests : BunitContext, IClassFixture<SetUpPortal>
{
    private readonly SetUpPortal _portal;
    private readonly BunitAuthorizationContext _authorization;

    public TeamPageTests(SetUpPortal portal)
    {
        _portal = portal;
        JSInterop.Mode = JSRuntimeMode.Loose;
        _authorization = AddAuthorization();
        foreach (var type in (Type[])[typeof(AccountQueries), typeof(AccountCommands), typeof(TeamCommands), typeof(FacilityAccess), typeof(TimeProvider)])
            Services.AddSingleton(type, portal.Services.GetRequiredService(type));
        Services.AddScoped<SignedInScopes>();
    }

    [Fact]
    public async Task Add_NewPerson_ShowsAPasswordThatSignsInAndMustBeChanged()
    {
        await SignInAsync(SetUpPortal.ManagerOfA);
        var page = await ShowTeamAsync(SetUpPortal.ManagerOfA);

        await page.Find(".head-actions button").ClickAsync(new());
        await page.FindAll("form input")[0].ChangeAsync("Daniel Okafor");
        await page.FindAll("form input")[1].ChangeAsync("daniel@example.org");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("daniel@example.org", page.Find("table").TextContent, StringComparison.Ordinal));
        var password = page.Find(".kv.big button[data-copy]").GetAttribute("data-copy")!;
        using var browser = _portal.Browse();
        Assert.Equal("/account/password", (await browser.SignInAsync("daniel@example.org", password)).Location);
    }

    [Fact]
    public async Task Add_PersonWithAnAccount_JoinsWithoutANewPassword()
    {
        await _portal.AddPersonAsync("elsewhere@example.org");
        await SignInAsync(SetUpPortal.ManagerOfA);
        var page = await ShowTeamAsync(SetUpPortal.ManagerOfA);

        await page.Find(".head-actions button").ClickAsync(new());
        await page.FindAll("form input")[0].ChangeAsync("Some Person");
        await page.FindAll("form input")[1].ChangeAsync("elsewhere@example.org");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("elsewhere@example.org is in the team.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-copy]"));
        using var browser = await _portal.SignedInAsync("elsewhere@example.org");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync($"/f/{_portal.A.Id}")).Status);
    }

    [Fact]
    public async Task Change_RoleLostSinceThePageWasOpened_ChangesNothing()
    {
        var page = await OpenAsManagerThenDemoteAsync("demoted@example.org");

        await page.Find($"select[aria-label='Role of Some Person']").ChangeAsync(nameof(FacilityRole.Manager));

        page.WaitForAssertion(() => Assert.Contains("changed by the facility's managers", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_LastAdministrator_CannotBeDisabled()
    {
        var administrator = await SignInAsync(SetUpPortal.Administrator);
        var page = Render<UserPage>(parameters => parameters.Add(p => p.UserId, administrator));
        page.WaitForElement("section");

        await page.Find("section button").ClickAsync(new());
        await page.Find("[role=alertdialog] form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("last administrator", page.Find(".notice").TextContent, StringComparison.Ordinal));
        using var browser = await _portal.SignedInAsync(SetUpPortal.Administrator);
    }

    private async Task<IRenderedComponent<TeamPage>> OpenAsManagerThenDemoteAsync(string userName)
    {
        await _portal.AddPersonAsync(userName);
        var teams = _portal.Services.GetRequiredService<TeamCommands>();
        var job = FacilityScope.ForJob(_portal.A.Id, "test");
        await teams.InviteAsync(job, new NewAccount(userName, "", ""), FacilityRole.Manager);
        var id = await SignInAsync(userName);
        var page = await ShowTeamAsync(userName);
        await teams.SetRoleAsync(job, id, FacilityRole.Staff);
        return page;
    }

    private async Task<Guid> SignInAsync(string userName)
    {
        var accounts = await _portal.Services.GetRequiredService<AccountQueries>().ListAsync(AdministratorScope.ForSystem("test"));
        var account = accounts.Single(account => account.UserName == userName);
        _authorization.SetAuthorized(userName);
        _authorization.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, account.Id.ToString()));
        return account.Id;
    }

    private async Task<IRenderedComponent<TeamPage>> ShowTeamAsync(string userName)
    {
        var state = await Services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync();
        var scope = await _portal.Services.GetRequiredService<FacilityAccess>().OpenAsync(SignedInUser.From(state.User)!.Id, _portal.A.Id);
        Assert.True(scope.IsSuccess, userName);
        var page = Render<TeamPage>(parameters => parameters
            .Add(p => p.FacilityId, _portal.A.Id)
            .AddCascadingValue(new CurrentFacility(scope.Value, _portal.A.Name, _portal.A.AETitle, _portal.A.Port, _portal.A.State)));
        page.WaitForElement("table");
        return page;
    }
}
