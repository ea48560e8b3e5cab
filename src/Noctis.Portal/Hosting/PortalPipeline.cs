using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Noctis.Portal.Accounts;
using Noctis.Portal.Journal;
using Noctis.Portal.Monitoring;

namespace Noctis.Portal.Hosting;

internal static class PortalPipeline
{
    public static void UseNoctisPortal(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseNoStoreForPages();
        if (!app.Environment.IsDevelopment())
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        // Pages alone: what is posted to a wrong address must not be posted on to the page that says so.
        app.UseWhen(context => HttpMethods.IsGet(context.Request.Method),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.UseMonitoringAccess();
        app.UsePasswordChange();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        // Live: the process answers. Ready: it can do its work, so a balancer may send people.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapMonitoring();
        app.MapActivityExports();
        app.MapAccountEndpoints();
        app.MapRazorComponents<App>()
            // The header that this option would add stands in SecurityHeaders, stricter.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
