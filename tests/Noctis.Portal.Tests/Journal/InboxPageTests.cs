using System.Globalization;
using Bunit;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Portal.Journal;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Journal;

public sealed class InboxPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private readonly string _title = $"S{Guid.NewGuid():N}"[..12].ToUpperInvariant();

    [Fact]
    public async Task Inbox_Call_SaysWhoAndWhyAndGoesWhenDealtWith()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await CallAsync(pages, times: 3);
        var page = pages.Render<InboxPage>($"/admin/inbox?q={_title}");
        Assert.Contains("3 times", page.Find(".inbox-row").TextContent, StringComparison.Ordinal);
        Assert.Contains("It is not known at any facility.", page.Find(".inbox-row").TextContent, StringComparison.Ordinal);

        page.Find($"button[aria-label='Dealt with: {_title}']").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll(".inbox-row")));
        page = pages.Render<InboxPage>($"/admin/inbox?q={_title}&done=1");
        page.Find($"button[aria-label='Put back: {_title}']").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll(".inbox-row")));
    }

    [Fact]
    public async Task Inbox_DealtWithAndCallsAgain_IsBackWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await CallAsync(pages);
        var page = pages.Render<InboxPage>($"/admin/inbox?q={_title}");
        page.Find($"button[aria-label='Dealt with: {_title}']").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll(".inbox-row")));

        await CallAsync(pages);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Back again", page.Find(".inbox-row").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Badge_WhileTheDatabaseIsAway_StaysAndCountsAgainAfterwards()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await CallAsync(pages);
        var badge = pages.Render<InboxBadge>("/admin");
        int before = Count(badge);
        var asked = new TaskCompletionSource();
        pages.BeforeScopes = () =>
        {
            asked.TrySetResult();
            throw new InvalidOperationException("It may be transient.");
        };
        await CallAsync(pages);
        await asked.Task;
        Assert.Equal(before, Count(badge));

        pages.BeforeScopes = () => { };
        await CallAsync(pages, title: $"T{Guid.NewGuid():N}"[..12].ToUpperInvariant());

        PagesUnderTest.WaitFor(badge, () => Assert.Equal(before + 1, Count(badge)));

        static int Count(IRenderedComponent<InboxBadge> badge) => int.Parse(badge.Find(".nav-count").ChildNodes[0].TextContent, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Inbox_UnknownTitle_IsRegisteredAtTheChosenFacilityAndDealtWith()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("Chosen");
        await pages.AddFacilityAsync("Other");
        await CallAsync(pages);
        var page = pages.Render<InboxPage>($"/admin/inbox?q={_title}");

        page.Find(".inbox-row select").Change(facility.Id.ToString());
        page.Find($"button[aria-label='Register it there: {_title}']").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll(".inbox-row")));
        var device = Assert.Single(await pages.Get<DeviceQueries>().ListAsync(FacilityScope.ForJob(facility.Id, "test")));
        Assert.Equal((_title, "192.0.2.7"), (device.AETitle, device.ExpectedAddress));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&done=1")]
    public async Task Inbox_EveryButton_IsCalledByWhatStandsOnIt(string state)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await pages.AddFacilityAsync("Chosen");
        await CallAsync(pages);
        var page = pages.Render<InboxPage>($"/admin/inbox?q={_title}");
        if (state.Length > 0)
        {
            page.Find($"button[aria-label='Dealt with: {_title}']").Click();
            PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll(".inbox-row")));
            page = pages.Render<InboxPage>($"/admin/inbox?q={_title}{state}");
        }

        var buttons = page.FindAll(".inbox-row [aria-label]");
        Assert.NotEmpty(buttons);
        // Whoever speaks to the machine says what is to be read on the button.
        Assert.All(buttons, button => Assert.Contains(button.TextContent.Trim(), button.GetAttribute("aria-label"), StringComparison.OrdinalIgnoreCase));
    }

    private async Task CallAsync(PagesUnderTest pages, int times = 1, string? title = null)
    {
        var journal = pages.Get<JournalWriter>();
        await journal.StartAsync(CancellationToken.None);
        for (var i = 0; i < times; i++)
        {
            journal.Write(new FrontDoorEntry
            {
                Id = pages.Get<IdGenerator>().Next(),
                TimeUtc = DateTime.UtcNow,
                Code = JournalCode.CallingTitleUnknown,
                RemoteAddress = "192.0.2.7",
                CallingAETitle = title ?? _title,
                CalledAETitle = "NOCTIS_SERVER",
                LocalPort = 11112,
                Reason = "It is not known at any facility.",
            });
        }

        await journal.FlushAsync();
    }
}
