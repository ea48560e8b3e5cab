using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Accounts;

internal sealed class IdentitySettings(IOptions<PortalOptions> portal) : IConfigureOptions<IdentityOptions>
{
    public const int PasswordLength = 10;

    public void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // Any address can be a user name; what an address is, the form checks.
        options.User.AllowedUserNameCharacters = "";

        // Length beats composition: rules about digits and signs make people write "Password1!".
        options.Password.RequiredLength = PasswordLength;
        options.Password.RequiredUniqueChars = 5;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;

        options.Lockout.MaxFailedAccessAttempts = portal.Value.LockoutAttempts;
        options.Lockout.DefaultLockoutTimeSpan = portal.Value.LockoutTime;
    }
}
