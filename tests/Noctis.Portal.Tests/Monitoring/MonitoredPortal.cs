using Microsoft.AspNetCore.Hosting;

namespace Noctis.Portal.Tests.Monitoring;

/// <summary>A portal whose figures are read by whoever has the token.</summary>
public sealed class MonitoredPortal : PortalFactory
{
    public const string Token = "a-token-of-twenty-characters";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Monitoring:Token", Token);
    }
}
