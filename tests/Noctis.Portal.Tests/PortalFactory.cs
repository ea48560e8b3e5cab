using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Noctis.Portal.Tests;

/// <summary>The whole portal in memory, on a data folder and a clock of its own. Its DICOM ports are closed.</summary>
public class PortalFactory : WebApplicationFactory<App>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("noctis-portal-");

    public SettableTime Time { get; } = new();

    /// <summary>A browser with cookies of its own, which shows redirects instead of following them.</summary>
    public Browser Browse() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Storage:Path", _data.FullName);
        builder.UseSetting("Dicom:BindAddress", "127.0.0.1");
        builder.UseSetting("Dicom:SharedPort", "0");
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _data.Exists)
            _data.Delete(recursive: true);
    }
}
