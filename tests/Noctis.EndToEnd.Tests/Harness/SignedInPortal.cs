using Microsoft.Playwright;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>One product with its administrator signed in, for all tests of a class: each makes a facility of its own.</summary>
public sealed class SignedInPortal : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NoctisProcess _noctis = null!;
    private Browser _browser = null!;

    /// <summary>The administrator's page.</summary>
    public IPage Desk { get; private set; } = null!;

    public string Folder => _folder.Path;

    public async Task InitializeAsync()
    {
        _noctis = await NoctisProcess.StartAsync(new NoctisSettings(_folder.Path));
        _browser = await Browser.StartAsync();
        Desk = await _browser.OpenAsync(_noctis.Url);
        await Desk.SetUpAsync(await _noctis.SetupCode);
        await Desk.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _noctis.DisposeAsync();
        _folder.Dispose();
    }
}
