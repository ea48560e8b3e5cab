using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Components;

public sealed class SharedComponentTests : BunitContext
{
    public SharedComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
    }

    [Theory]
    [InlineData(StatusKind.Ok, "ok", "check")]
    [InlineData(StatusKind.Bad, "bad", "x")]
    [InlineData(StatusKind.Warn, "warn", "alert")]
    public void StatusChip_Kind_IsIconAndWord(StatusKind kind, string css, string icon)
    {
        var chip = Render<StatusChip>(parameters => parameters.Add(p => p.Kind, kind).Add(p => p.Text, "Listening"));

        Assert.Contains(css, chip.Find(".chip").ClassList);
        Assert.Equal("Listening", chip.Find(".chip").TextContent);
        Assert.EndsWith("#" + icon, chip.Find("use").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Müller, Anna", null, "Müller, Anna", "")]
    [InlineData("山田 太郎", "Yamada, Tarou", "山田 太郎", "Yamada, Tarou")]
    [InlineData("Müller, Anna", "Müller, Anna", "Müller, Anna", "")]
    [InlineData("", "Yamada, Tarou", "Yamada, Tarou", "")]
    [InlineData(null, null, "Unknown", "")]
    public void PersonName_Groups_ShowTheOwnScriptFirst(string? name, string? romanized, string first, string second)
    {
        var person = Render<PersonName>(parameters => parameters.Add(p => p.Name, name).Add(p => p.Romanized, romanized));

        Assert.Equal(first, person.Find(".b").TextContent);
        Assert.Equal(second, person.FindAll(".mut").SingleOrDefault()?.TextContent ?? "");
    }

    [Fact]
    public void ModalityTag_Several_IsATagEach()
    {
        var tags = Render<ModalityTag>(parameters => parameters.Add(p => p.Modality, "CT\\PT"));

        Assert.Equal(["CT", "PT"], tags.FindAll(".mod").Select(tag => tag.TextContent));
    }

    [Fact]
    public void LocalTime_Moment_IsInTheViewersZoneWithTheExactOneBeside()
    {
        var time = Render<LocalTime>(parameters => parameters
            .Add(p => p.Utc, new DateTime(2020, 7, 1, 12, 0, 0, DateTimeKind.Utc))
            .AddCascadingValue(new Viewer("Asia/Tokyo")));

        var element = time.Find("time");
        Assert.Equal("1 Jul 2020", element.TextContent);
        Assert.Equal("1 Jul 2020, 21:00:00 UTC+9:00", element.GetAttribute("title"));
        Assert.StartsWith("2020-07-01T12:00:00", element.GetAttribute("datetime"), StringComparison.Ordinal);
    }

    [Fact]
    public void CopyButton_Value_IsNamedForThoseWhoCannotSee()
    {
        var button = Render<CopyButton>(parameters => parameters.Add(p => p.Text, "11113").Add(p => p.Label, "the port"));

        Assert.Equal("11113", button.Find("button").GetAttribute("data-copy"));
        Assert.Equal("Copy the port", button.Find("button").GetAttribute("aria-label"));
    }

    [Fact]
    public void AreaChart_Values_StayInsideThePicture()
    {
        var chart = Render<AreaChart>(parameters => parameters.Add(p => p.Values, [0, 5, 10, -3]).Add(p => p.Label, "Images").Add(p => p.Height, 100));

        var heights = chart.Find("polyline").GetAttribute("points")!.Split(' ').Select(point => double.Parse(point.Split(',')[1], Viewer.Culture)).ToList();
        Assert.Equal([99, 54, 9, 99], heights);
        Assert.Equal("Images", chart.Find("svg").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 0, 0, 0 })]
    public void AreaChart_NothingToShow_DoesNotFail(double[] values)
    {
        var chart = Render<AreaChart>(parameters => parameters.Add(p => p.Values, values).Add(p => p.Label, "Images"));

        Assert.DoesNotContain("NaN", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Pager_FirstPage_OffersOlderAlone()
    {
        var pager = Render<Pager>(parameters => parameters.Add(p => p.OlderHref, "?after=7").Add(p => p.Text, "1–50"));

        Assert.Equal("?after=7", Assert.Single(pager.FindAll("a")).GetAttribute("href"));
    }

    [Fact]
    public void ErrorMessage_Error_SaysItAndIsRead()
    {
        var message = Render<ErrorMessage>(parameters => parameters.Add(p => p.Error, new ConflictError("The port is taken. Choose another.")));

        Assert.Equal("alert", message.Find(".notice").GetAttribute("role"));
        Assert.Equal("The port is taken. Choose another.", message.Find(".notice-what").TextContent);
    }

    [Fact]
    public async Task ConfirmDialog_TypedName_ConfirmsOnlyOnceItIsTyped()
    {
        var confirmed = 0;
        var dialog = Render<ConfirmDialog>(parameters => parameters
            .Add(p => p.Open, true).Add(p => p.Title, "Delete?").Add(p => p.ConfirmText, "Delete").Add(p => p.TypedName, "Central Hospital")
            .Add(p => p.OnConfirm, () => confirmed++));

        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(0, confirmed);

        await dialog.Find("input").InputAsync("Central Hospital ");
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(1, confirmed);
    }

    [Fact]
    public async Task ConfirmDialog_Escape_LeavesEverything()
    {
        var open = true;
        var dialog = Render<ConfirmDialog>(parameters => parameters
            .Add(p => p.Open, open).Add(p => p.OpenChanged, value => open = value).Add(p => p.Title, "Delete?").Add(p => p.ConfirmText, "Delete")
            .Add(p => p.OnConfirm, () => Assert.Fail("Confirmed by Escape.")));

        await dialog.Find(".dialog-shade").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        Assert.False(open);
    }

    [Fact]
    public void PageErrorBoundary_PageThrows_ShowsAReferenceAndNothingOfTheException()
    {
        var page = Render<PageErrorBoundary>(parameters => parameters.AddChildContent<ThrowingPage>());

        Assert.Matches("^[0-9a-f]{8}$", page.Find(".notice-ref .mono").TextContent);
        Assert.DoesNotContain(ThrowingPage.Secret, page.Markup, StringComparison.Ordinal);
    }

    private sealed class ThrowingPage : ComponentBase
    {
        public const string Secret = "secret of the exception";

        protected override void OnInitialized() => throw new InvalidOperationException(Secret);
    }
}
