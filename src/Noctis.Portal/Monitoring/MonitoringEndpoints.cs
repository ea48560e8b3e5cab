using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noctis.Portal.Monitoring;

internal static class MonitoringEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static void AddNoctisStatus(this IServiceCollection services)
    {
        services.AddOptions<MonitoringOptions>().BindConfiguration(MonitoringOptions.Section)
            .Validate(options => options.Token.Length is 0 or >= MonitoringOptions.ShortestToken,
                $"Monitoring:Token must have {MonitoringOptions.ShortestToken} characters at least, or none.")
            .ValidateOnStart();
        services.AddSingleton<MonitoringAccess>();
        services.AddSingleton<StatusDatabase>();
        services.AddSingleton<StatusSurroundings>();
        services.AddSingleton<StatusQueries>();
    }

    public static void MapMonitoring(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new ForMonitoring()).AllowAnonymous();
        app.MapGet("/api/status", async (StatusQueries status, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(await status.ReadAsync(context.RequestAborted), Json);
        }).WithMetadata(new ForMonitoring()).AllowAnonymous();
    }

    /// <summary>After authentication, since an administrator's cookie opens as well.</summary>
    public static void UseMonitoringAccess(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ForMonitoring>() is null
            || context.RequestServices.GetRequiredService<MonitoringAccess>().Refuse(context) is not { } refused)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = refused.Status;
        if (refused.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(refused.Text);
    });
}
