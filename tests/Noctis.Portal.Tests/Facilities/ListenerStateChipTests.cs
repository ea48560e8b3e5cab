using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Facilities;

namespace Noctis.Portal.Tests.Facilities;

public sealed class ListenerStateChipTests : BunitContext
{
    private readonly FakeListeners _listeners = new();
    private readonly Guid _facilityId = Guid.NewGuid();

    public ListenerStateChipTests()
    {
        Services.AddSingleton<IListenerStatusSource>(_listeners);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Theory]
    [InlineData(ListenerState.Running, FacilityState.Active, "Listening", "ok")]
    [InlineData(ListenerState.Starting, FacilityState.Active, "Starting", "acc")]
    [InlineData(ListenerState.Failed, FacilityState.Active, "Not listening", "bad")]
    [InlineData(ListenerState.Stopped, FacilityState.Active, "Starting", "acc")]
    [InlineData(ListenerState.Stopped, FacilityState.Suspended, "Suspended", "idle")]
    [InlineData(ListenerState.Stopped, FacilityState.Archived, "Archived", "idle")]
    public void Chip_State_IsSaid(ListenerState listener, FacilityState facility, string word, string css)
    {
        _listeners.Set(_facilityId, listener);

        var chip = Show(facility);

        Assert.Equal(word, chip.Find(".chip").TextContent);
        Assert.Contains(css, chip.Find(".chip").ClassList);
    }

    [Theory]
    [InlineData(ListenerState.Stopped, "Stopped by Anna.", "Stopped", "idle")]
    [InlineData(ListenerState.Draining, "Drained by Anna.", "Draining", "warn")]
    [InlineData(ListenerState.Running, "The certificate expired on 2026-01-01.", "Listening", "warn")]
    public void Chip_ReasonGiven_IsSaid(ListenerState listener, string reason, string word, string css)
    {
        _listeners.Set(_facilityId, listener, reason);

        var chip = Show(FacilityState.Active).Find(".chip");

        Assert.Equal((word, reason), (chip.TextContent, chip.GetAttribute("title")));
        Assert.Contains(css, chip.ClassList);
    }

    [Fact]
    public void Chip_ListensButDevicesRefuse_SaysThatItFails()
    {
        _listeners.Set(_facilityId, new ListenerStatus(ListenerState.Running, DateTime.UtcNow) { Reason = "The certificate expired on 2026-01-01.", Remedy = "Upload a renewed one.", IsFailing = true });

        var chip = Show(FacilityState.Active).Find(".chip");

        Assert.Equal(("Failing", "The certificate expired on 2026-01-01. Upload a renewed one."), (chip.TextContent, chip.GetAttribute("title")));
        Assert.Contains("bad", chip.ClassList);
    }

    [Fact]
    public void Chip_ListenerFails_SaysSoAtOnceWithTheRemedy()
    {
        _listeners.Set(_facilityId, ListenerState.Running);
        var chip = Show(FacilityState.Active);

        _listeners.Set(_facilityId, ListenerState.Failed, "Port 11113 is taken.", "Choose another.");

        chip.WaitForAssertion(() => Assert.Equal("Not listening", chip.Find(".chip").TextContent));
        Assert.Equal("Port 11113 is taken. Choose another.", chip.Find(".chip").GetAttribute("title"));
    }

    [Fact]
    public async Task Chip_Gone_ListensNoMore()
    {
        Show(FacilityState.Active);

        await DisposeComponentsAsync();

        Assert.False(_listeners.HasSubscribers);
    }

    private IRenderedComponent<ListenerStateChip> Show(FacilityState state) => Render<ListenerStateChip>(parameters => parameters
        .Add(p => p.FacilityId, _facilityId)
        .Add(p => p.State, state));
}
