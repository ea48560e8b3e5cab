using Microsoft.Extensions.Configuration.Json;

namespace Noctis.Portal.Hosting;

/// <summary>Which settings are read, the later winning: appsettings.json beside the program, the one in the working folder, environment, command line.</summary>
internal static class SettingsFiles
{
    public static void AddNoctisSettings(this WebApplicationBuilder builder)
    {
        var working = Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json");
        var beside = Path.Combine(builder.Environment.ContentRootPath, "appsettings.json");
        if (!string.Equals(working, beside, StringComparison.Ordinal) && File.Exists(working))
        {
            var source = new JsonConfigurationSource { Path = working, Optional = true, ReloadOnChange = false };
            source.ResolveFileProvider();
            var sources = ((IConfigurationBuilder)builder.Configuration).Sources;
            var last = sources.ToList().FindLastIndex(existing => existing is JsonConfigurationSource);
            sources.Insert(last + 1, source);
        }

        // An address given the way of ASP.NET Core, or endpoints with certificates, stand above ours.
        var url = builder.Configuration["Portal:Url"] is { Length: > 0 } configured ? configured : new PortalOptions().Url;
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            builder.WebHost.UseUrls(url);
    }
}
