using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Accounts;

/// <summary>Brings Portal:LockoutAttempts and Portal:LockoutMinutes to Identity.</summary>
internal sealed class LockoutSettings(IOptions<PortalOptions> portal) : IConfigureOptions<IdentityOptions>
{
    public void Configure(IdentityOptions options)
    {
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = portal.Value.LockoutAttempts;
        options.Lockout.DefaultLockoutTimeSpan = portal.Value.LockoutTime;
    }
}
