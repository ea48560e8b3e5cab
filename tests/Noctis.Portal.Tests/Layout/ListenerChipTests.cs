using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Layout;

public sealed class ListenerChipTests : BunitContext
{
    private readonly FakeListeners _listeners = new();
    private readonly Guid _facilityId = Guid.NewGuid();

    public ListenerChipTests() => Services.AddSingleton<IListenerStatusSource>(_listeners);

    [Theory]
    [InlineData(ListenerState.Running, FacilityState.Active, "Listening", "ok")]
    [InlineData(ListenerState.Starting, FacilityState.Active, "Starting", "acc")]
    [InlineData(ListenerState.Failed, FacilityState.Active, "Not listening", "bad")]
    [InlineData(ListenerState.Stopped, FacilityState.Active, "Stopped", "idle")]
    [InlineData(ListenerState.Stopped, FacilityState.Suspended, "Suspended", "idle")]
    [InlineData(ListenerState.Stopped, FacilityState.Archived, "Archived", "idle")]
    public void Chip_State_IsSaid(ListenerState listener, FacilityState facility, string word, string css)
    {
        _listeners.Status = new ListenerStatus(listener, DateTime.UnixEpoch);

        var chip = Show(facility);

        Assert.Equal(word, chip.Find(".chip").TextContent);
        Assert.Contains(css, chip.Find(".chip").ClassList);
    }

    [Fact]
    public void Chip_ListenerFails_SaysSoAtOnceWithTheRemedy()
    {
        _listeners.Status = new ListenerStatus(ListenerState.Running, DateTime.UnixEpoch);
        var chip = Show(FacilityState.Active);

        _listeners.Become(Door.Of(_facilityId), new ListenerStatus(ListenerState.Failed, DateTime.UnixEpoch) { Reason = "Port 11113 is taken.", Remedy = "Choose another." });

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

    private IRenderedComponent<ListenerChip> Show(FacilityState state) => Render<ListenerChip>(parameters => parameters
        .Add(p => p.Facility, new CurrentFacility(FacilityScope.ForListener(_facilityId), "Central Hospital", "CENTRALHOSP1A2B", 11113, state)));

    private sealed class FakeListeners : IListenerStatusSource
    {
        public event Action<Door>? Changed;

        public ListenerStatus Status { get; set; } = new(ListenerState.Running, DateTime.UnixEpoch);

        public bool HasSubscribers => Changed is not null;

        public ListenerStatus SharedDoor => Status;

        public ListenerStatus Get(Guid facilityId) => Status;

        public void Become(Door door, ListenerStatus status)
        {
            Status = status;
            Changed?.Invoke(door);
        }
    }
}
