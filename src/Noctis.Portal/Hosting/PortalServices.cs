using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;
using Noctis.Archive;
using Noctis.Gateway;
using Noctis.Portal.Accounts;
using Noctis.Portal.Attention;
using Noctis.Portal.Dashboards;
using Noctis.Portal.Home;
using Noctis.Portal.Jobs;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;
using Noctis.Portal.Monitoring;
using Noctis.Portal.Studies;
using Radzen;

namespace Noctis.Portal.Hosting;

internal static class PortalServices
{
    /// <summary>How soon a disabled account, a new password or a lost role takes effect on those who are signed in.</summary>
    public static readonly TimeSpan RevalidationInterval = TimeSpan.FromSeconds(30);

    public static void AddNoctisPortal(this WebApplicationBuilder builder)
    {
        // In development and in tests the files come from the source folders; for a published portal this does nothing.
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddNoctisArchive(builder.Configuration);
        services.AddNoctisGateway(builder.Configuration);
        services.AddNoctisJobs();
        builder.AddNoctisTelemetry();
        services.AddNoctisStatus();

        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddDataProtection().SetApplicationName("Noctis").PersistKeysToFileSystem(DataFolder.Keys(builder.Configuration));
        services.AddSingleton<Archive.Certificates.ISecretProtection, DataProtectedSecrets>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: ["ready"])
            .AddCheck<ListenersHealthCheck>("listeners", tags: ["ready"])
            .AddCheck<DiskHealthCheck>("disk", tags: ["ready"]);
        services.AddHostedService<StartupBanner>();
        services.AddSingleton<NavigationMap>();
        services.AddSingleton<CompletionWatch>();
        services.AddNoctisAttention();
        services.AddSingleton<HomeQueries>();
        services.AddSingleton<FixCommands>();
        services.AddScoped<AppliedFixes>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<TrafficFeed>();
        services.AddSingleton<DashboardQueries>();
        AddAccounts(services);
        AddProxies(services);
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton<SetupGate>();
        services.AddSingleton<SignInThrottle>();
        services.AddScoped<SignedInScopes>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        // Users, roles and their stores are the archive's; signing in is ours.
        new IdentityBuilder(typeof(NoctisUser), typeof(IdentityRole<Guid>), services)
            .AddSignInManager()
            .AddClaimsPrincipalFactory<NoctisClaimsFactory>();
        services.AddSingleton<IConfigureOptions<IdentityOptions>, LockoutSettings>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RevalidationInterval);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<PortalOptions>>((cookie, portal) =>
        {
            cookie.Cookie.Name = "noctis.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(portal.Value.SessionHours);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = AccountPaths.SignIn;
            cookie.LogoutPath = AccountPaths.SignOut;
            cookie.AccessDeniedPath = AccountPaths.Denied;
            cookie.ReturnUrlParameter = AccountPaths.ReturnParameter;
        });
        services.AddAntiforgery(options => options.Cookie.Name = "noctis.form");

        services.AddScoped<IAuthorizationHandler, FacilityRequirementHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, FacilityNotFoundResultHandler>();
        services.AddAuthorizationBuilder()
            // A page that says nothing is for those who have signed in; open ones say [AllowAnonymous].
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Administrator, policy => policy.RequireRole(Roles.Administrator))
            .AddPolicy(Policies.FacilityMember, policy => policy.RequireAuthenticatedUser().AddRequirements(new FacilityRequirement(MustManage: false)))
            .AddPolicy(Policies.FacilityManager, policy => policy.RequireAuthenticatedUser().AddRequirements(new FacilityRequirement(MustManage: true)));
    }

    private static void AddProxies(IServiceCollection services) =>
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<PortalOptions>>((forwarded, portal) =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in portal.Value.TrustedProxies)
                forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            forwarded.ForwardedHeaders = portal.Value.TrustedProxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
}
