using Bunit;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Portal.Journal;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Journal;

public sealed class ActivityPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_NothingYet_SaysWhatWillBeHere()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);

        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        Assert.Contains("Nothing has happened yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Rows_TellWhoWhatAndWhyAndOpen()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var ids = await WriteAsync(pages, facility, Row("CT-1", JournalOutcome.Completed, images: 12), Row("MRI-3", JournalOutcome.Refused, JournalCode.CallingTitleUnknown));

        var page = await RenderAsync(pages, facility);

        var rows = page.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("MRI-3", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Refused", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Because of CallingTitleUnknown.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/f/{facility.Id}/activity/{ids[1]}", rows[0].GetAttribute("data-href"));
        Assert.Contains("12 images stored", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?outcome=trouble", "MRI-3")]
    [InlineData("?title=ct", "CT-1")]
    [InlineData("?kind=echo", "")]
    [InlineData("?code=callingtitleunknown", "MRI-3")]
    public async Task Page_Filtered_ShowsWhatMatchesAlone(string query, string expected)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await WriteAsync(pages, facility, Row("CT-1", JournalOutcome.Completed), Row("MRI-3", JournalOutcome.Refused, JournalCode.CallingTitleUnknown));

        var page = await RenderAsync(pages, facility, query);

        Assert.Equal(expected, string.Join(' ', page.FindAll("tbody td .b").Select(title => title.TextContent)));
        Assert.Equal($"/f/{facility.Id}/activity.csv{query}", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_WhileNobodyIsAtTheRows_TakesNewOnesIn()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await WriteAsync(pages, facility, Row("CT-1", JournalOutcome.Completed));
        var page = await RenderAsync(pages, facility);

        await WriteAsync(pages, facility, Row("CT-2", JournalOutcome.Completed));

        PagesUnderTest.WaitFor(page, () => Assert.Contains("CT-2", page.Find("tbody tr.fresh").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_WhileThePointerIsAtTheRows_SaysHowManyWaitAndMovesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await WriteAsync(pages, facility, Row("CT-1", JournalOutcome.Completed));
        var page = await RenderAsync(pages, facility);
        await page.Find(".activity").ParentElement!.ParentElement!.TriggerEventAsync("onmouseenter", EventArgs.Empty);

        await WriteAsync(pages, facility, Row("CT-2", JournalOutcome.Completed), Row("CT-3", JournalOutcome.Completed));

        PagesUnderTest.WaitFor(page, () => Assert.Equal("2 new", page.Find(".activity-news button").TextContent));
        Assert.Single(page.FindAll("tbody tr"));
        await page.Find(".activity-news button").ClickAsync(new());
        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll(".activity-news button"));
    }

    [Fact]
    public async Task Page_OlderPage_StaysAsItIsAndLeadsToTheNewest()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await WriteAsync(pages, facility, [.. Enumerable.Range(1, ActivityList.PageSize + 1).Select(number => Row($"CT-{number}", JournalOutcome.Completed))]);
        var page = await RenderAsync(pages, facility);
        var older = page.Find("a[rel=next]").GetAttribute("href")!;
        page = await RenderAsync(pages, facility, older[older.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.Contains("CT-1", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);

        await WriteAsync(pages, facility, Row("LATE", JournalOutcome.Completed));

        PagesUnderTest.WaitFor(page, () => Assert.Equal($"/f/{facility.Id}/activity", page.Find(".activity-news a").GetAttribute("href")));
        Assert.DoesNotContain("LATE", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnotherFacilitysRows_AreNeitherListedNorOpened()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        Facility own = await pages.AddFacilityAsync("Own"), other = await pages.AddFacilityAsync("Other");
        var theirs = await WriteAsync(pages, other, Row("THEIRS", JournalOutcome.Refused, JournalCode.CallingTitleUnknown));

        var page = await RenderAsync(pages, own);
        Assert.DoesNotContain("THEIRS", page.Markup, StringComparison.Ordinal);
        var entry = await RenderEntryAsync(pages, own, theirs[0]);

        Assert.DoesNotContain("THEIRS", entry.Markup, StringComparison.Ordinal);
        Assert.Contains("There is no such entry", entry.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_RefusedAssociation_TellsContextsByNameAndTheReason()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var details = new AssociationDetails
        {
            Contexts =
            [
                new NegotiatedContext { Id = 1, AbstractSyntax = "1.2.840.10008.5.1.4.1.1.2", Proposed = ["1.2.840.10008.1.2.4.90"], Result = 4 },
                new NegotiatedContext { Id = 3, AbstractSyntax = "1.2.840.10008.1.1", Proposed = ["1.2.840.10008.1.2"], Accepted = "1.2.840.10008.1.2", Result = 0 },
            ],
            ImplementationClassUID = "1.2.276.0.7230010.3.0.3.6.7",
            ImplementationVersionName = "OFFIS_DCMTK_367",
            TlsVersion = "TLS 1.3",
            TlsCipher = "TLS_AES_256_GCM_SHA384",
        };
        var ids = await WriteAsync(pages, facility, Row("CT-1", JournalOutcome.Refused, JournalCode.NoPresentationContext, details: details));

        var page = await RenderEntryAsync(pages, facility, ids[0]);

        foreach (var expected in (string[])["CT Image Storage", "JPEG 2000", "No transfer syntax taken", "Accepted", "OFFIS_DCMTK_367", "TLS 1.3", "192.0.2.7", "Because of NoPresentationContext."])
            Assert.Contains(expected, page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("a[href='/help/troubleshooting#no-presentation-context']"));
    }

    [Fact]
    public async Task Entry_OfAnAssociation_ListsItsOperationsWhichLeadBack()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var association = pages.Get<IdGenerator>().Next();
        var ids = await WriteAsync(pages, facility,
            Row("CT-1", JournalOutcome.Refused, JournalCode.ObjectInvalid, JournalKind.Store, association), Row("CT-1", JournalOutcome.Completed, association: association));

        var page = await RenderEntryAsync(pages, facility, ids[1]);
        Assert.Equal($"/f/{facility.Id}/activity/{ids[0]}", page.Find("tbody tr").GetAttribute("data-href"));
        var operation = await RenderEntryAsync(pages, facility, ids[0]);

        Assert.NotEmpty(operation.FindAll($".crumbs a[href='/f/{facility.Id}/activity/{ids[1]}']"));
    }

    [Fact]
    public async Task OfAll_Administrator_SeesFacilitiesByNameAndChoosesOne()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        Facility first = await pages.AddFacilityAsync("First House"), second = await pages.AddFacilityAsync("Second House");
        var mark = $"X{Guid.NewGuid():N}"[..12].ToUpperInvariant();
        await WriteAsync(pages, first, Row(mark, JournalOutcome.Completed));
        await WriteAsync(pages, second, Row(mark, JournalOutcome.Completed));

        var page = pages.Render<ActivityOfAllPage>($"/admin/activity?title={mark}");
        Assert.Equal(["Second House", "First House"], page.FindAll("tbody td[data-label=Facility]").Select(cell => cell.TextContent));
        page = pages.Render<ActivityOfAllPage>($"/admin/activity?facility={first.Id}&title={mark}");

        Assert.Equal("First House", Assert.Single(page.FindAll("tbody td[data-label=Facility]")).TextContent);
    }

    private static Func<Facility, long, JournalEntry> Row(
        string calling, JournalOutcome outcome, JournalCode code = JournalCode.None, JournalKind kind = JournalKind.Association, long association = 0, int images = 0,
        AssociationDetails? details = null) => (facility, id) => new JournalEntry
        {
            Id = id,
            FacilityId = facility.Id,
            AssociationId = association,
            TimeUtc = DateTime.UtcNow,
            Kind = kind,
            Outcome = outcome,
            Code = code,
            RemoteAddress = "192.0.2.7",
            CallingAETitle = calling,
            CalledAETitle = facility.AETitle,
            LocalPort = facility.Port,
            Images = images,
            Reason = code == JournalCode.None ? null : $"Because of {code}.",
            Details = details?.ToJson(),
        };

    private static async Task<long[]> WriteAsync(PagesUnderTest pages, Facility facility, params Func<Facility, long, JournalEntry>[] rows)
    {
        var journal = pages.Get<JournalWriter>();
        await journal.StartAsync(CancellationToken.None);
        var entries = rows.Select(row => row(facility, pages.Get<IdGenerator>().Next())).ToArray();
        foreach (var entry in entries)
            journal.Write(entry);
        await journal.FlushAsync();
        return [.. entries.Select(entry => entry.Id)];
    }

    private static async Task<IRenderedComponent<ActivityPage>> RenderAsync(PagesUnderTest pages, Facility facility, string query = "")
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<ActivityPage>(current.Href("activity") + query, current);
    }

    private static async Task<IRenderedComponent<ActivityEntryPage>> RenderEntryAsync(PagesUnderTest pages, Facility facility, long id)
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        var page = pages.RenderWith<ActivityEntryPage>(current.Href($"activity/{id}"), current, parameters => parameters.Add(entry => entry.EntryId, id));
        PagesUnderTest.Wait(page, () => page.FindAll(".skeleton").Count == 0);
        return page;
    }
}
