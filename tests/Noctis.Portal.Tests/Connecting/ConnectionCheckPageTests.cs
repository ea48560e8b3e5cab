using System.Net;
using Bunit;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Watching;
using Noctis.Portal.Connecting;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Connecting;

public sealed class ConnectionCheckPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly IPAddress Scanner = IPAddress.Parse("192.0.2.7");

    [Fact]
    public async Task Check_Opened_PutsItsBeginningIntoTheAddressAndWaits()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);

        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        pages.WaitForPath(path => path.Contains("check?since=20", StringComparison.Ordinal));
        Assert.Equal(["waiting", "waiting", "waiting", "waiting"], States(page));
        Assert.Contains("Waiting for your scanner", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("#no-answer", page.Find(".card p a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ConnectionThenRefusal_IsPushedWithReasonAndFix()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        var watch = pages.Get<ConnectionWatch>();

        watch.Opened(facility.Id, Peer(facility));
        PagesUnderTest.WaitFor(page, () => Assert.Equal(["done", "waiting", "waiting", "waiting"], States(page)));
        watch.EndedWithoutAssociation(
            facility.Id, Peer(facility), new AssociationCall("CT ROOM", facility.AETitle, Scanner), JournalCode.CallingTitleUnknown, "CT ROOM at 192.0.2.7 is not registered here.", row: 1);

        PagesUnderTest.WaitFor(page, () => Assert.Equal(["done", "failed", "waiting", "waiting"], States(page)));
        PagesUnderTest.WaitFor(page, () => Assert.Equal("Allow CT ROOM", page.Find("[data-step=Association] [data-fix=RegisterDevice]").TextContent));
        var failed = page.Find("[data-step=Association]");
        Assert.Contains("CT ROOM at 192.0.2.7 is not registered here.", failed.TextContent, StringComparison.Ordinal);
        Assert.NotNull(failed.QuerySelector("a[href='/help/troubleshooting#calling-title-unknown']"));
        Assert.Contains("No association", page.Find(".attempts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NothingProposedIsTaken_IsSwitchedOnWithOneClick()
    {
        const string Ct = "1.2.840.10008.5.1.4.1.1.2";
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var (settings, scope) = (pages.Get<FacilitySettingsCommands>(), FacilityScope.ForJob(facility.Id, "test"));
        Assert.True((await settings.ChangeAsync(scope, current => current with { SopClasses = current.SopClasses.With(Ct, isTaken: false) }, new SettingsOrigin(SettingsChangeCause.Edit))).IsSuccess);
        var page = await RenderAsync(pages, facility);

        pages.Get<ConnectionWatch>().EndedWithoutAssociation(
            facility.Id, Peer(facility), new AssociationCall("CT ROOM", facility.AETitle, Scanner), JournalCode.NoPresentationContext, "CT Image Storage is switched off.", row: 1,
            new AssociationDetails { Contexts = [new NegotiatedContext { Id = 1, AbstractSyntax = Ct, Proposed = ["1.2.840.10008.1.2"], Result = 3 }] });
        PagesUnderTest.WaitFor(page, () => Assert.Equal("Take what it sends", page.Find("[data-step=Association] [data-fix=TakeWhatIsProposed]").TextContent));
        page.Find("[data-step=Association] [data-fix=TakeWhatIsProposed]").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("What it proposed is taken now.", page.Find("[data-step=Association]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-step=Association] [data-fix]"));
        Assert.True((await pages.Get<FacilitySettingsQueries>().GetAsync(scope)).Settings.SopClasses.Takes(Ct));
    }

    [Fact]
    public async Task Check_Staff_IsOfferedNoFixTheyMayNotMake()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);
        var page = await RenderAsync(pages, facility);

        pages.Get<ConnectionWatch>().EndedWithoutAssociation(
            facility.Id, Peer(facility), new AssociationCall("CT ROOM", facility.AETitle, Scanner), JournalCode.CallingTitleUnknown, "It is not registered here.", row: 1);

        PagesUnderTest.WaitFor(page, () => Assert.Equal("failed", States(page)[1]));
        Assert.Empty(page.FindAll(".trouble-fix .btn"));
    }

    [Fact]
    public async Task Check_RowOfAnotherNode_IsFollowedFromTheJournal()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);

        await pages.RefuseAsync(facility, "CT-9", JournalCode.CallingTitleUnknown, "CT-9 is not registered here.");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("CT-9 is not registered here.", page.Find("[data-step=Association]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_OnlyOneDevice_ShowsNoOther()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "?since=" + DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture) + "&only=ct-2");
        var watch = pages.Get<ConnectionWatch>();

        watch.EndedWithoutAssociation(facility.Id, Peer(facility), new AssociationCall("CT-1", facility.AETitle, Scanner), JournalCode.CallingTitleUnknown, "Not CT-1.", row: 1);
        watch.EndedWithoutAssociation(facility.Id, Peer(facility), new AssociationCall("CT-2", facility.AETitle, Scanner), JournalCode.CallingTitleUnknown, "Not CT-2.", row: 2);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Not CT-2.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Not CT-1.", page.Markup, StringComparison.Ordinal);
    }

    private static List<string?> States(IRenderedComponent<ConnectionCheckPage> page) =>
        [.. page.FindAll("[data-step]").Select(step => step.GetAttribute("data-state"))];

    private static AssociationPeer Peer(Facility facility) => new(new IPEndPoint(Scanner, 40_000), new IPEndPoint(IPAddress.Loopback, facility.Port));

    private static async Task<IRenderedComponent<ConnectionCheckPage>> RenderAsync(PagesUnderTest pages, Facility facility, string query = "")
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<ConnectionCheckPage>(current.Href("connection/check") + query, current);
    }
}
