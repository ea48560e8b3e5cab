using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Monitoring;

/// <summary>
/// Who may read what is for monitoring. Without a token it is this machine alone, with one whoever brings it, from wherever; administrators
/// who have signed in may as well. A refusal is an answer in words, never the way to the page of sign-in: programs read it.
/// </summary>
internal sealed class MonitoringAccess(IOptions<MonitoringOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(options.Value.Token);

    /// <returns>Null when it may be read; else the status and what to do.</returns>
    public (int Status, string Text)? Refuse(HttpContext context)
    {
        if (context.User.IsInRole(Roles.Administrator))
            return null;
        if (_token.Length > 0)
        {
            var given = context.Request.Headers.Authorization.ToString();
            return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim()), _token)
                ? null
                : (StatusCodes.Status401Unauthorized, "Send the token of Monitoring:Token as \"Authorization: Bearer ...\".\n");
        }

        return IsLocal(context) ? null
            : (StatusCodes.Status403Forbidden, "Read this on the machine that Noctis runs on, or set Monitoring:Token and send it as \"Authorization: Bearer ...\".\n");
    }

    /// <summary>
    /// Asked by this machine for itself. What a proxy on it passes on comes from this machine too, in the name of anybody: the header that
    /// it adds gives it away, unless it is a proxy that we trust, and then the address is the asker's own.
    /// </summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
