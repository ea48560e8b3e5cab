using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Tests.Accounts;

public sealed class SetupTests : IDisposable
{
    private const string Password = "a fine day in May";

    private readonly PortalFactory _portal = new();

    private SetupGate Gate => _portal.Services.GetRequiredService<SetupGate>();

    [Fact]
    public async Task SignIn_BeforeSetup_LeadsToSetup()
    {
        using var browser = _portal.Browse();

        var page = await browser.GetAsync("/sign-in");

        Assert.Equal("/setup", page.Location);
    }

    [Fact]
    public async Task Setup_WrongCode_MakesNoAccount()
    {
        using var browser = _portal.Browse();

        var page = await SubmitAsync(browser, "AAAA-AAAA");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("That is not the code", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, page.Document.Source.Text, StringComparison.Ordinal);
        Assert.False(await _portal.Services.GetRequiredService<AccountQueries>().IsSetUpAsync());
    }

    [Fact]
    public async Task Setup_RightCode_MakesTheAdministratorAndSignsIn()
    {
        using var browser = _portal.Browse();

        // As one types it: small letters, no hyphen.
        var page = await SubmitAsync(browser, Gate.Code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());

        Assert.Equal("/", page.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/users")).Status);
    }

    [Fact]
    public async Task Setup_AfterUse_TakesTheCodeNoMore()
    {
        var code = Gate.Code;
        using var first = _portal.Browse();
        using var second = _portal.Browse();
        // The form was open before the other one was sent.
        var open = await second.GetAsync("/setup");
        await SubmitAsync(first, code);

        var values = open.Document.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var (name, value) in Fields(code, "second@example.org"))
            values[name] = value;
        var page = await second.PostAsync("/setup", values);

        Assert.Equal("/sign-in", page.Location);
        Assert.Equal("/sign-in", (await second.GetAsync("/setup")).Location);
        Assert.Equal("/sign-in?return=%2Fadmin%2Fusers", (await second.GetAsync("/admin/users")).Location);
    }

    [Fact]
    public void Check_ManyWrongCodes_RefusesTheRightOneForAMinute()
    {
        for (var attempt = 0; attempt < SetupGate.AttemptsPerMinute; attempt++)
            Assert.Equal(SetupCodeCheck.Wrong, Gate.Check("AAAA-AAAA"));

        Assert.Equal(SetupCodeCheck.TooMany, Gate.Check(Gate.Code));

        _portal.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SetupCodeCheck.Right, Gate.Check(Gate.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    public void Check_NoCode_IsWrong(string? code) => Assert.Equal(SetupCodeCheck.Wrong, Gate.Check(code));

    public void Dispose() => _portal.Dispose();

    private static Task<Page> SubmitAsync(Browser browser, string code) => browser.SubmitAsync("/setup", Fields(code, "anna@example.org"));

    private static (string, string)[] Fields(string code, string email) =>
        [("Input.Code", code), ("Input.DisplayName", "Anna Müller"), ("Input.Email", email), ("Input.Password", Password)];
}
