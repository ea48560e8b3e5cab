using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Portal.Components;

namespace Noctis.Portal.Tests.Components;

public sealed class LivePageTests
{
    [Fact]
    public async Task Page_StillLoadsWhenItIsClosed_FindsItsTokenCancelled()
    {
        await using var context = new BunitContext();
        context.Services.AddSingleton(TimeProvider.System);
        context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = context.Render<FollowingPage>().Instance;
        Assert.False(page.Token.IsCancellationRequested);

        page.Dispose();

        Assert.True(page.Token.IsCancellationRequested);
        Assert.Equal(1, page.Ended);
        // What was asked for on another thread a moment before comes too late, and does nothing.
        page.Ask();
        page.Dispose();
        Assert.Equal(1, page.Ended);
    }

    [Theory]
    [InlineData(typeof(Noctis.Portal.Home.HomePage))]
    [InlineData(typeof(Noctis.Portal.Home.OverviewPage))]
    [InlineData(typeof(Noctis.Portal.Facilities.DevicesPage))]
    [InlineData(typeof(Noctis.Portal.Facilities.FacilitiesPage))]
    [InlineData(typeof(Noctis.Portal.Connecting.ConnectionCheckPage))]
    [InlineData(typeof(Noctis.Portal.Journal.ActivityList))]
    [InlineData(typeof(Noctis.Portal.Journal.InboxPage))]
    [InlineData(typeof(Noctis.Portal.Attention.AttentionPage))]
    [InlineData(typeof(Noctis.Portal.Dashboards.DashboardPage))]
    [InlineData(typeof(Noctis.Portal.Dashboards.AdministratorDashboardPage))]
    public void Page_ThatFollowsNews_DoesSoAsAllDo(Type page) => Assert.True(page.IsSubclassOf(typeof(LivePage)));

    private sealed class FollowingPage : LivePage
    {
        public CancellationToken Token => Closed;

        public int Ended { get; private set; }

        public void Ask() => RestartReload();

        protected override void Follow() => Until(() => Ended++);

        protected override Task LoadAsync() => Task.CompletedTask;
    }
}
