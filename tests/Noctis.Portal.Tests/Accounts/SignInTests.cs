using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Tests.Accounts;

public sealed class SignInTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    [Fact]
    public async Task SignIn_RightPassword_GoesWhereOneWanted()
    {
        using var browser = portal.Browse();
        var address = $"/f/{portal.A.Id}";

        var page = await browser.SignInAsync(SetUpPortal.StaffOfA.ToUpperInvariant(), SetUpPortal.Password, $"/sign-in?return={Uri.EscapeDataString(address)}");

        Assert.Equal(address, page.Location);
        Assert.Contains("Hospital A", (await browser.GetAsync(address)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ReturnToAnotherSite_StaysHere(string address)
    {
        using var browser = portal.Browse();

        var page = await browser.SignInAsync(SetUpPortal.StaffOfA, SetUpPortal.Password, $"/sign-in?return={Uri.EscapeDataString(address)}");

        Assert.Equal("/", page.Location);
    }

    [Fact]
    public async Task SignIn_WrongPassword_AnswersAsForAnUnknownName()
    {
        using var browser = portal.Browse();

        var wrong = await browser.SignInAsync(SetUpPortal.Administrator, "not the password");
        var unknown = await browser.SignInAsync("nobody-at-all@example.org", "not the password");

        Assert.Contains("The name or the password is not right.", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_ManyWrongPasswords_LocksOutWithAndWithoutAccount(bool hasAccount)
    {
        var userName = $"locked-{hasAccount}@example.org";
        if (hasAccount)
            await portal.AddPersonAsync(userName);
        using var browser = portal.Browse();

        for (var attempt = 1; attempt < new PortalOptions().LockoutAttempts; attempt++)
            Assert.DoesNotContain("Too many attempts", (await browser.SignInAsync(userName, "not the password")).Text, StringComparison.Ordinal);
        Assert.Contains("Too many attempts", (await browser.SignInAsync(userName, "not the password")).Text, StringComparison.Ordinal);

        var right = await browser.SignInAsync(userName, SetUpPortal.Password);
        Assert.Contains("Too many attempts with this name.", right.Text, StringComparison.Ordinal);
        Assert.Contains("Wait 15 minutes", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AfterTheLockout_WorksAgain()
    {
        using var own = new PortalFactory();
        var accounts = own.Services.GetRequiredService<AccountCommands>();
        await accounts.CreateFirstAdministratorAsync(new NewAccount("anna@example.org", "Anna", SetUpPortal.Password));
        using var browser = own.Browse();
        for (var attempt = 0; attempt < new PortalOptions().LockoutAttempts; attempt++)
            await browser.SignInAsync("anna@example.org", "not the password");

        own.Time.Advance(new PortalOptions().LockoutTime + TimeSpan.FromSeconds(1));

        // Identity's own lockout reads the machine's clock, so an administrator's new password lifts it here.
        var administrator = AdministratorScope.ForSystem("test");
        var anna = (await own.Services.GetRequiredService<AccountQueries>().ListAsync(administrator)).Single();
        await accounts.SetPasswordAsync(administrator, anna.Id, "another fine day in June");
        Assert.Equal("/account/password", (await browser.SignInAsync("anna@example.org", "another fine day in June")).Location);
    }

    [Fact]
    public async Task SignIn_DisabledAccount_AnswersAsForAWrongPassword()
    {
        var id = await portal.AddPersonAsync("disabled@example.org");
        await portal.Services.GetRequiredService<AccountCommands>().SetDisabledAsync(AdministratorScope.ForSystem("test"), id, isDisabled: true);
        using var browser = portal.Browse();

        var page = await browser.SignInAsync("disabled@example.org", SetUpPortal.Password);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The name or the password is not right.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_FirstPassword_LeadsToChangingItAndNowhereElse()
    {
        await portal.AddPersonAsync("new@example.org", mustChangePassword: true);
        using var browser = portal.Browse();

        Assert.Equal("/account/password", (await browser.SignInAsync("new@example.org", SetUpPortal.Password)).Location);
        Assert.Equal("/account/password", (await browser.GetAsync("/")).Location);

        const string chosen = "another fine day in June";
        var changed = await browser.SubmitAsync("/account/password", ("Input.Current", SetUpPortal.Password), ("Input.Password", chosen), ("Input.Again", chosen));

        Assert.Contains("Password changed", changed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task ChangePassword_SignsOutOtherSessions()
    {
        await portal.AddPersonAsync("two-sessions@example.org");
        using var here = await portal.SignedInAsync("two-sessions@example.org");
        using var elsewhere = await portal.SignedInAsync("two-sessions@example.org");

        const string chosen = "another fine day in June";
        await here.SubmitAsync("/account/password", ("Input.Current", SetUpPortal.Password), ("Input.Password", chosen), ("Input.Again", chosen));
        portal.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("/sign-in?return=%2F", (await elsewhere.GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Disable_SignedInPerson_IsOutWithinAMinute()
    {
        var id = await portal.AddPersonAsync("out@example.org");
        using var browser = await portal.SignedInAsync("out@example.org");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);

        await portal.Services.GetRequiredService<AccountCommands>().SetDisabledAsync(AdministratorScope.ForSystem("test"), id, isDisabled: true);
        portal.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("/sign-in?return=%2F", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAndNeedsTheForm()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", [])).Status);
        var home = await browser.GetAsync($"/f/{portal.A.Id}");
        var token = home.Document.QuerySelector("form[action='/sign-out'] input[type=hidden]")!;

        var page = await browser.PostAsync("/sign-out", [new(token.GetAttribute("name")!, token.GetAttribute("value")!)]);

        Assert.Equal("/sign-in", page.Location);
        Assert.Equal("/sign-in?return=%2F", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task SignIn_IsAudited()
    {
        await portal.AddPersonAsync("audited@example.org");
        using var browser = portal.Browse();
        await browser.SignInAsync("audited@example.org", "not the password");
        await browser.SignInAsync("audited@example.org", SetUpPortal.Password);

        var entries = await portal.Services.GetRequiredService<AuditTrail>().ListAsync(AdministratorScope.ForSystem("test"), take: 500);

        Assert.Equal(
            [AuditAction.SignedIn, AuditAction.SignInFailed],
            entries.Where(entry => entry.ActorName == "audited@example.org").Select(entry => entry.Action));
    }
}
