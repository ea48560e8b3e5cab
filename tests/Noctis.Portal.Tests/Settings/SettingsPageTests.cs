using AngleSharp.Dom;
using Bunit;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Portal.Settings;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Settings;

public sealed class SettingsPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const string MaxAssociations = "Network.MaxAssociations";
    private const string DimseTimeout = "Network.DimseTimeoutSeconds";

    [Fact]
    public async Task Network_EditedByAnAdministrator_IsSavedAndSaysWhenItApplies()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");
        Assert.Empty(page.FindAll("button[type=submit]"));

        Input(page, MaxAssociations).Input("1,000");
        Input(page, DimseTimeout).Input(" 45 ");
        Switch(page, "Network.StartsAutomatically").Click();
        Assert.Contains("3 changes not saved", page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Applies to new associations within two seconds; those running go on.", page.Markup, StringComparison.Ordinal));
        var network = (await ReadAsync(pages, facility)).Settings.Network;
        Assert.Equal((1000, 45, false), (network.MaxAssociations, network.DimseTimeoutSeconds, network.StartsAutomatically));
        Assert.Empty(page.FindAll("button[type=submit]"));
        Assert.Equal("1000", Input(page, MaxAssociations).GetAttribute("value"));
    }

    [Theory]
    [InlineData("network", MaxAssociations, "0", "1 to 1,000")]
    [InlineData("network", MaxAssociations, "1001", "1 to 1,000")]
    [InlineData("network", MaxAssociations, "1,5", "Type a whole number of associations, such as 10")]
    [InlineData("network", MaxAssociations, "", "Type a whole number")]
    [InlineData("network", "Network.MaxPduLength", "4095", "4,096 to 1,048,576 bytes")]
    [InlineData("network", "Network.NetworkTimeoutSeconds", "4", "5 to 300 seconds")]
    [InlineData("network", "Network.AcseTimeoutSeconds", "301", "5 to 300 seconds")]
    [InlineData("network", DimseTimeout, "soon", "Type a whole number of seconds")]
    [InlineData("network", "Network.IdleTimeoutSeconds", "3601", "5 to 3,600 seconds")]
    [InlineData("network", "Network.BindAddress", "here", "\"here\" is no IP address")]
    [InlineData("logging", "Logging.KeepDays", "0", "1 to 3650 days")]
    [InlineData("logging", "Logging.KeepDays", "x", "or leave it empty")]
    public async Task Type_WhatCannotBeUsed_SaysSoAtTheField_AndIsNotSaved(string group, string field, string value, string message)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, group);

        Input(page, field).Input(value);

        Assert.Contains(message, Row(page, field).QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", Input(page, field).GetAttribute("aria-invalid"));
        Assert.Contains("1 change not saved", page.Markup, StringComparison.Ordinal);
        Assert.Contains("One value cannot be used", page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        Assert.Equal(0, (await ReadAsync(pages, facility)).Version);
        Button(page, "Discard").Click();
        Assert.Empty(page.FindAll("button[type=submit], [aria-invalid]"));
    }

    [Fact]
    public async Task Setting_OtherThanItsDefault_IsMarkedAndGoesBackThere()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { DimseTimeoutSeconds = 60, IsEnabled = false } });
        var page = await RenderAsync(pages, facility, "network");
        Assert.Equal(2, page.FindAll(".setting-differs").Count);

        Row(page, DimseTimeout).QuerySelector(".setting-differs button")!.Click();
        Row(page, "Network.IsEnabled").QuerySelector(".setting-differs button")!.Click();

        Assert.Empty(page.FindAll(".setting-differs"));
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("The port is opened", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new NetworkSettings(), (await ReadAsync(pages, facility)).Settings.Network);
    }

    [Fact]
    public async Task Network_ForAManager_HoldsBackWhatAdministratorsSet_AndSavesTheRest()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);
        var page = await RenderAsync(pages, facility, "network");

        foreach (var reserved in new[] { MaxAssociations, "Network.MaxPduLength", "Network.BindAddress" })
        {
            Assert.True(Input(page, reserved).HasAttribute("disabled"));
            Assert.Contains("ask an administrator", Row(page, reserved).TextContent, StringComparison.Ordinal);
        }

        Input(page, DimseTimeout).Input("45");
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(45, (await ReadAsync(pages, facility)).Settings.Network.DimseTimeoutSeconds);
    }

    [Fact]
    public async Task Save_AfterTheRoleWasLost_IsRefused()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");
        Input(page, DimseTimeout).Input("45");
        await pages.SignInAsync(facility: facility);

        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Ask one of them", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, (await ReadAsync(pages, facility)).Version);
    }

    [Fact]
    public async Task Conflict_LoadTheirs_ShowsWhatTheySaved()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");
        Input(page, DimseTimeout).Input("45");

        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Somebody else", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Maximum associations: 10 → 20", page.Find(".save-bar").TextContent, StringComparison.Ordinal);
        Button(page, "Load their values").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Equal("20", Input(page, MaxAssociations).GetAttribute("value")));
        Assert.Equal("30", Input(page, DimseTimeout).GetAttribute("value"));
        Assert.Empty(page.FindAll(".save-bar"));
    }

    [Fact]
    public async Task Conflict_KeepMine_IsSavedOverTheirs_AndTheirsStay()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");
        Input(page, DimseTimeout).Input("45");
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 }, Services = new ServiceSettings { Off = ["C-ECHO"] } });
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alert]").Count > 0);

        Button(page, "Keep my changes").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Equal("20", Input(page, MaxAssociations).GetAttribute("value")));
        Assert.Equal("45", Input(page, DimseTimeout).GetAttribute("value"));
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        var settings = (await ReadAsync(pages, facility)).Settings;
        Assert.Equal((20, 45, "C-ECHO"), (settings.Network.MaxAssociations, settings.Network.DimseTimeoutSeconds, Assert.Single(settings.Services.Off)));
    }

    [Fact]
    public async Task Change_BySomebodyElse_WhileNothingIsTyped_AppearsByItself()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");

        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });

        PagesUnderTest.WaitFor(page, () => Assert.Equal("20", Input(page, MaxAssociations).GetAttribute("value")));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Leave_WithChangesNotSaved_AsksFirst()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "network");
        Input(page, DimseTimeout).Input("45");

        pages.GoTo($"/f/{facility.Id}/settings/access");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Leave without saving?", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("/settings/network", pages.Path, StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();
        pages.WaitForPath(path => path.EndsWith("/settings/access", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tls", "Network.Tls", "ClientCertificates", "Scanners have to be changed as well")]
    [InlineData("access", "Access.UnknownDevices", "Quarantine", "1 change not saved")]
    [InlineData("logging", "Logging.Level", "Problems", "1 change not saved")]
    public async Task Choice_Taken_IsSaved(string group, string field, string value, string words)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, group);

        await page.Find($"input[name='{field}'][value={value}]").ChangeAsync(value);

        Assert.Contains(words, page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        var settings = (await ReadAsync(pages, facility)).Settings;
        Assert.Equal(value, group switch { "tls" => settings.Network.Tls.ToString(), "access" => settings.Access.UnknownDevices.ToString(), _ => settings.Logging.Level.ToString() });
    }

    [Fact]
    public async Task Networks_TypedRowByRow_AreCheckedAndKeptInTheirUsualForm()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        Assert.True((await pages.Get<DeviceCommands>().AddAsync(FacilityScope.ForJob(facility.Id, "test"), new DeviceDraft("CT1", "", "198.51.100.7", true))).IsSuccess);
        var page = await RenderAsync(pages, facility, "access");
        Button(page, "Add a network").Click();
        page.Find("input[name=network-0]").Input("192.0.2.7/24");
        Assert.Contains("Kept as 192.0.2.0/24", page.Find(".network-word").TextContent, StringComparison.Ordinal);
        Assert.Contains("CT1 at 198.51.100.7", page.Markup, StringComparison.Ordinal);
        Button(page, "Add a network").Click();
        page.Find("input[name=network-1]").Input("198.51.100.0/33");
        Assert.Contains("That is no network", page.FindAll(".network-word")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("One value cannot be used", page.Markup, StringComparison.Ordinal);

        page.Find("input[name=network-1]").Input("198.51.100.7");
        Assert.DoesNotContain("outside of these networks", page.Markup, StringComparison.Ordinal);
        Button(page, "Add a network").Click();
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["192.0.2.0/24", "198.51.100.7/32"], (await ReadAsync(pages, facility)).Settings.Access.AllowedNetworks);
        page.Find("button[aria-label^='Remove network 1']").Click();
        Assert.Equal("198.51.100.7/32", page.Find("input[name=network-0]").GetAttribute("value"));
        Row(page, "Access.AllowedNetworks").QuerySelector(".setting-differs button")!.Click();
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Empty((await ReadAsync(pages, facility)).Settings.Access.AllowedNetworks);
    }

    [Fact]
    public async Task Service_SwitchedOff_IsSaved_AndGoesBackToTheDefault()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "services");

        Switch(page, "C-STORE").Click();
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["C-STORE"], (await ReadAsync(pages, facility)).Settings.Services.Off);
        page.Find(".setting-differs button").Click();
        Assert.Equal("true", Switch(page, "C-STORE").GetAttribute("aria-checked"));
    }

    [Fact]
    public async Task SopClasses_OneOff_TheGroupIsPartlyOn_AndSaysSo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "sop-classes");
        var all = SopClassGroups.ClassesOf(SopClassGroup.ComputedTomography).Count;
        Group(page, "ComputedTomography").QuerySelector("button[aria-expanded]")!.Click();
        Assert.Contains(DicomUID.CTImageStorage.Value, Group(page, "ComputedTomography").TextContent, StringComparison.Ordinal);

        Switch(page, DicomUID.CTImageStorage.Value).Click();

        Assert.Equal("mixed", Switch(page, "ComputedTomography").GetAttribute("aria-checked"));
        Assert.Contains($"{all - 1} of {all} on", Group(page, "ComputedTomography").TextContent, StringComparison.Ordinal);
        Assert.Contains("Partly on", Group(page, "ComputedTomography").TextContent, StringComparison.Ordinal);
        Switch(page, "Ultrasound").Click();
        Assert.Contains("2 changes not saved", page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        var classes = (await ReadAsync(pages, facility)).Settings.SopClasses;
        Assert.False(classes.Takes(DicomUID.CTImageStorage.Value));
        Assert.False(classes.Takes(DicomUID.UltrasoundImageStorage.Value));
        Assert.True(classes.Takes(DicomUID.MRImageStorage.Value));
        // What is partly on is switched on as a whole.
        Switch(page, "ComputedTomography").Click();
        Assert.Equal("true", Switch(page, "ComputedTomography").GetAttribute("aria-checked"));
        Group(page, "ComputedTomography").QuerySelector("button[aria-label^='All off']")!.Click();
        Assert.Contains($"0 of {all} on", Group(page, "ComputedTomography").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SopClasses_Searched_ShowTheMatchesAlone()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "sop-classes");

        page.Find("input[type=search]").Input("enhanced mr image");

        Assert.Equal("MagneticResonance", Assert.Single(page.FindAll("[data-group]")).GetAttribute("data-group"));
        Assert.All(page.FindAll(".switch-row .switch-title"), title => Assert.Contains("Enhanced MR Image", title.TextContent, StringComparison.Ordinal));
        page.Find("input[type=search]").Input("1.2.840.10008.5.1.4.1.1.66.4");
        Assert.Contains(page.FindAll(".switch-row .switch-title"), title => title.TextContent == "Segmentation Storage");
        page.Find("input[type=search]").Input("no such class");
        Assert.Contains("No SOP class is called", page.Markup, StringComparison.Ordinal);
        await page.Find("input[type=search]").ChangeAsync("ct");
        Assert.EndsWith("?q=ct", pages.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.113619.4.26", null)]
    [InlineData("1.2.840.113619.4.", "That is no UID")]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "in the group \"CT\"")]
    public async Task SopClasses_PrivateClassByUid_IsRefusedByItself(string uid, string? fault)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "sop-classes");
        Group(page, "PrivateAndUnknown").QuerySelector("button[aria-expanded]")!.Click();

        page.Find("input[name=class-uid]").Input(uid);
        Group(page, "PrivateAndUnknown").QuerySelector(".add-class button")!.Click();

        if (fault is null)
        {
            Assert.Equal("false", Switch(page, uid).GetAttribute("aria-checked"));
            await page.Find("form").SubmitAsync();
            PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
            Assert.Equal([uid], (await ReadAsync(pages, facility)).Settings.SopClasses.Exceptions);
        }
        else
        {
            Assert.Contains(fault, page.Find(".add-class .field-error").TextContent, StringComparison.Ordinal);
            Assert.Empty(page.FindAll(".save-bar"));
        }
    }

    [Fact]
    public async Task TransferSyntaxes_GroupOff_LeavesOnWhatEveryApplicationTakes()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "transfer-syntaxes");
        Group(page, "Uncompressed").QuerySelector("button[aria-expanded]")!.Click();
        var required = Switch(page, DicomUID.ImplicitVRLittleEndian.Value);
        Assert.True(required.HasAttribute("disabled"));
        Assert.Contains("every DICOM application has to take it", Row(page, DicomUID.ImplicitVRLittleEndian.Value).TextContent, StringComparison.Ordinal);

        Group(page, "Uncompressed").QuerySelector("button[aria-label^='All off']")!.Click();
        Switch(page, "JPEG-LS").Click();

        Assert.Equal("mixed", Switch(page, "Uncompressed").GetAttribute("aria-checked"));
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        var syntaxes = (await ReadAsync(pages, facility)).Settings.TransferSyntaxes;
        Assert.True(syntaxes.Takes(DicomUID.ImplicitVRLittleEndian.Value));
        Assert.False(syntaxes.Takes(DicomUID.ExplicitVRLittleEndian.Value));
        Assert.False(syntaxes.Takes(DicomUID.JPEGLSLossless.Value));
        page.Find(".setting-differs button").Click();
        Assert.Equal("true", Switch(page, "JPEG-LS").GetAttribute("aria-checked"));
    }

    [Fact]
    public async Task Page_OfNoGroup_IsNotFound()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = await RenderAsync(pages, await pages.AddFacilityAsync(), "colours");

        Assert.Contains("There is nothing here", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_WithTheLists_AreTheWholeCatalog()
    {
        string[] lists = ["Access.AllowedNetworks", "Services.Off", "SopClasses.OffGroups", "SopClasses.Exceptions", "TransferSyntaxes.Off"];

        Assert.Equal(SettingsCatalog.All.Select(setting => $"{setting.Section}.{setting.Name}").Order(), SettingFields.All.Select(field => field.Key).Concat(lists).Order());
    }

    private static async Task<IRenderedComponent<SettingsPage>> RenderAsync(PagesUnderTest pages, Facility facility, string group)
    {
        var current = (await pages.EnterAsync(facility))!;
        var page = pages.RenderWith<SettingsPage>(current.Href($"settings/{group}"), current, parameters => parameters.Add(settings => settings.Group, group));
        PagesUnderTest.Wait(page, () => page.FindAll(".skeleton").Count == 0);
        return page;
    }

    private static Task<VersionedSettings> ReadAsync(PagesUnderTest pages, Facility facility) =>
        pages.Get<FacilitySettingsQueries>().GetAsync(FacilityScope.ForJob(facility.Id, "test"));

    private static async Task ChangeAsync(PagesUnderTest pages, Facility facility, Func<FacilitySettings, FacilitySettings> change)
    {
        // An administrator's: a job may not set what they alone set.
        var administrator = (await pages.EnterAsync(facility))!.Scope;
        var changed = await pages.Get<FacilitySettingsCommands>().ChangeAsync(administrator, change);
        Assert.True(changed.IsSuccess, changed.ToString());
    }

    private static IElement Row(IRenderedComponent<SettingsPage> page, string name) => page.Find($"[data-setting='{name}']");

    private static IElement Group(IRenderedComponent<SettingsPage> page, string name) => page.Find($"[data-group='{name}']");

    private static IElement Input(IRenderedComponent<SettingsPage> page, string name) => page.Find($"input[name='{name}']");

    private static IElement Switch(IRenderedComponent<SettingsPage> page, string name) => page.Find($"button[name='{name}']");

    private static IElement Button(IRenderedComponent<SettingsPage> page, string text) => page.FindAll("button").Single(button => button.TextContent.Trim() == text);
}
