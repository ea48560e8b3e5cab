using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Home;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Home;

public sealed class HomePageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Home_NothingArrivedYet_TeachesTheFirstSteps()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        Assert.Contains("Send the first images", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No image has arrived yet", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.Contains(facility.AETitle, page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll($"a[href='/f/{facility.Id}/connection']"));
        Assert.Equal("0", Figure(page, "Images today"));
    }

    [Fact]
    public async Task Home_ImagesArrived_ShowsTheArchivesFigures()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var image = new PhantomImage { PatientName = "Müller^Anna", StudyDescription = "Chest" };
        await pages.StoreAsync(facility, image, "CT-ROOM-2");
        await pages.StoreAsync(facility, image with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = 2 }, "CT-ROOM-2");

        var page = await RenderAsync(pages, facility);

        Assert.Equal("1", Figure(page, "Studies today"));
        Assert.Equal("2", Figure(page, "Images today"));
        Assert.Equal("0", Figure(page, "Refused today"));
        Assert.Contains("Everything is receiving. Last image", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.Contains("from CT-ROOM-2", page.Find(".sub").TextContent, StringComparison.Ordinal);
        var row = page.Find(".arriving tbody tr").TextContent;
        foreach (var expected in (string[])["Müller, Anna", "CT", "Chest", "CT-ROOM-2", "Receiving"])
            Assert.Contains(expected, row, StringComparison.Ordinal);
        Assert.StartsWith("2 images received in the last 24 hours", page.Find("svg.chart").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_StudyArrives_AppearsWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.StoreAsync(facility, new PhantomImage());
        var page = await RenderAsync(pages, facility);

        await pages.StoreAsync(facility, new PhantomImage { PatientName = "Late^Lisa" });

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Late, Lisa", page.Find(".arriving tr.fresh").TextContent, StringComparison.Ordinal));
        Assert.Equal("2", Figure(page, "Studies today"));
    }

    [Fact]
    public async Task Home_CallerRefused_SaysWhyAndLeadsToTheFix()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);

        await pages.RefuseAsync(facility, "MRI-3", JournalCode.CallingTitleUnknown, "MRI-3 is not registered here.", times: 6);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("MRI-3 was refused 6 times", page.Markup, StringComparison.Ordinal));
        Assert.Contains("MRI-3 is not registered here.", page.Markup, StringComparison.Ordinal);
        Assert.Equal("6", Figure(page, "Refused today"));
        Assert.Equal($"/f/{facility.Id}/activity?outcome=refused&time=today", page.Find("[aria-label='Refused today'] .v a").GetAttribute("href"));
        Assert.Contains("one thing needs you", page.Find(".sub").TextContent, StringComparison.Ordinal);
        PagesUnderTest.WaitFor(page, () => Assert.Equal("Allow MRI-3", page.Find("[data-fix=RegisterDevice]").TextContent));

        page.Find("[data-fix=RegisterDevice]").Click();
        await pages.RefuseAsync(facility, "MRI-4", JournalCode.CalledTitleWrong, "You called ORTHANC.");

        PagesUnderTest.WaitFor(page, () => Assert.DoesNotContain("MRI-3 was refused", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_ListenerFails_SaysReasonAndRemedy()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.StoreAsync(facility, new PhantomImage());
        var page = await RenderAsync(pages, facility);

        pages.Listeners.Set(facility.Id, ListenerState.Failed, "The port is taken.", "Choose another one.");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("The port is taken. Choose another one.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Not receiving", page.Find(".sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_AnotherFacilitysStudiesAndRefusals_AreNotShown()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var own = await pages.AddFacilityAsync("Own");
        var other = await pages.AddFacilityAsync("Other");
        await pages.StoreAsync(other, new PhantomImage { PatientName = "Theirs^Only" });
        await pages.RefuseAsync(other, "THEIRS", JournalCode.CallingTitleUnknown, "THEIRS is not registered.");

        var page = await RenderAsync(pages, own);

        Assert.DoesNotContain("Theirs", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("0", Figure(page, "Studies today"));
        Assert.Equal("0", Figure(page, "Refused today"));
    }

    [Fact]
    public async Task Home_DatabaseAwayOrDiskFull_SaysSoAtOnceAndOffersStaffNoSettingsOfTheServer()
    {
        var disk = new SettableDisk();
        await using var pages = await PagesUnderTest.OpenAsync(databases, configure: services => services.AddSingleton<IDiskSpace>(disk));
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);
        var page = await RenderAsync(pages, facility);
        Assert.Contains("Everything is receiving.", page.Find(".sub").TextContent, StringComparison.Ordinal);

        pages.Listeners.SetDatabase(answers: false);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Not receiving: the database does not answer.", page.Find(".sub").TextContent, StringComparison.Ordinal));
        pages.Listeners.SetDatabase(answers: true);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Everything is receiving.", page.Find(".sub").TextContent, StringComparison.Ordinal));

        disk.FreeBytes = 0;
        pages.Listeners.SetDatabase(answers: true);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Not receiving: the server's disk is full.", page.Find(".sub").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[href='/admin/storage']"));
    }

    [Fact]
    public async Task Home_DiskFullWhereCleanUpIsOn_DoesNotCallItNotReceiving()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, configure: services => services.AddSingleton<IDiskSpace>(new SettableDisk { FreeBytes = 0 }));
        var facility = await pages.AddFacilityAsync();
        await pages.CleanUpAsync(facility);

        var page = await RenderAsync(pages, facility);

        Assert.Contains("Receiving only what clean-up makes room for", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("no image is taken", page.Markup, StringComparison.Ordinal);
        Assert.Contains("The server's disk is full", page.Markup, StringComparison.Ordinal);
    }

    private static string Figure(IRenderedComponent<HomePage> page, string label) => page.Find($"[aria-label='{label}'] .v").TextContent;

    private static async Task<IRenderedComponent<HomePage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<HomePage>(current.Href(), current);
    }
}
