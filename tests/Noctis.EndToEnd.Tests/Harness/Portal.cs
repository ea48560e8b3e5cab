using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>What people do in the portal, said once.</summary>
public static partial class Portal
{
    public const string AdministratorName = "anna@example.org";
    public const string Password = "a few words that one remembers";

    private const float Patience = 60_000;

    /// <summary>The first run: the code from the console makes the administrator, who is signed in then.</summary>
    public static async Task SetUpAsync(this IPage page, string code)
    {
        await page.GotoAsync("/setup");
        await page.FillAsync("[name='Input.Code']", code);
        await page.FillAsync("[name='Input.DisplayName']", "Anna Admin");
        await page.FillAsync("[name='Input.Email']", AdministratorName);
        await page.FillAsync("[name='Input.Password']", Password);
        await page.ClickAsync("main button[type=submit], form button[type=submit]");
    }

    public static async Task SignInAsync(this IPage page, string userName, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name='Input.UserName']", userName);
        await page.FillAsync("[name='Input.Password']", password);
        await page.ClickAsync("form button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Creates a facility from its name and reads the values that a scanner needs off its connection page.</summary>
    public static async Task<CreatedFacility> CreateFacilityAsync(this IPage page, string name)
    {
        await page.GotoAsync("/admin/facilities/new");
        await page.WaitForInteractiveAsync();
        await page.FillAsync("[name=name]", name);
        await Assertions.Expect(page.Locator("[name=ae-title]")).ToHaveValueAsync(NotEmpty(), new() { Timeout = Patience });
        await page.GetByRole(AriaRole.Button, new() { Name = "Create facility" }).ClickAsync();
        await page.WaitForURLAsync(FacilityPath(), new() { Timeout = Patience });
        var id = Guid.Parse(FacilityPath().Match(page.Url).Groups[1].Value);

        await page.GotoAsync($"/f/{id}/connection");
        return new CreatedFacility(
            id,
            name,
            await page.CopiedAsync("Called AE title"),
            int.Parse(await page.CopiedAsync("Port"), CultureInfo.InvariantCulture));
    }

    /// <summary>Makes an account with one membership; returns the first password, which is shown once.</summary>
    public static async Task<string> CreateStaffAsync(this IPage page, string displayName, string email, string facilityName)
    {
        await page.GotoAsync("/admin/users/new");
        await page.WaitForInteractiveAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(displayName);
        await page.GetByLabel("E-mail or user name").FillAsync(email);
        await page.Locator("label").Filter(new() { HasText = "Facility" }).Locator("select").SelectOptionAsync(new SelectOptionValue { Label = facilityName });
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        return await page.CopiedAsync("First password");
    }

    /// <summary>The first sign-in, at which the password that somebody else chose has to be changed.</summary>
    public static async Task SignInFirstAsync(this IPage page, string userName, string firstPassword)
    {
        await page.SignInAsync(userName, firstPassword);
        await page.FillAsync("[name='Input.Current']", firstPassword);
        await page.FillAsync("[name='Input.Password']", Password);
        await page.FillAsync("[name='Input.Again']", Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Password changed")).ToBeVisibleAsync();
    }

    /// <summary>Waits until the page has its circuit: before that, what is typed goes nowhere.</summary>
    public static Task WaitForInteractiveAsync(this IPage page) => page.Locator("[data-state=interactive]").WaitForAsync(new() { Timeout = Patience });

    /// <summary>What the copy button beside a value copies.</summary>
    public static async Task<string> CopiedAsync(this IPage page, string label)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = $"Copy {label}", Exact = true }).First;
        return await button.GetAttributeAsync("data-copy", new() { Timeout = Patience }) ?? "";
    }

    [GeneratedRegex(@"/f/([0-9a-f-]{36})")]
    private static partial Regex FacilityPath();

    [GeneratedRegex(".+")]
    private static partial Regex NotEmpty();
}
