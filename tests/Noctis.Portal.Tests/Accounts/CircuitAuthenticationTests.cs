using System.Security.Claims;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Tests.Accounts;

public sealed class CircuitAuthenticationTests : IServiceScopeFactory, IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Exception _fault = new InvalidOperationException("bug");

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    IServiceScope IServiceScopeFactory.CreateScope() => throw _fault;

    void IHostApplicationLifetime.StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task Check_OfAPageThatIsOpenWhenTheServerStops_IsNoFault()
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        await services.DisposeAsync();

        using var page = new CircuitAuthentication(NullLoggerFactory.Instance, scopes, this);
        // While it runs that would be a bug, and is not kept quiet.
        await Assert.ThrowsAsync<ObjectDisposedException>(() => page.IsStillGoodAsync(new ClaimsPrincipal()));

        await _stopping.CancelAsync();
        Assert.True(await page.IsStillGoodAsync(new ClaimsPrincipal()));
    }

    [Fact]
    public async Task Check_WhileTheDatabaseIsAway_LeavesThePageAsItIs()
    {
        using var page = new CircuitAuthentication(NullLoggerFactory.Instance, this, this);
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.IsStillGoodAsync(new ClaimsPrincipal()));

        _fault = new InvalidOperationException("It may be transient.", new SqliteException("unable to open database file", 14));

        Assert.True(await page.IsStillGoodAsync(new ClaimsPrincipal()));
    }
}
