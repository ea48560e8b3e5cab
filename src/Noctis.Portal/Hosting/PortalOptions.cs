using System.ComponentModel.DataAnnotations;

namespace Noctis.Portal.Hosting;

/// <summary>The section "Portal" of the configuration.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Where the portal listens, unless Kestrel:Endpoints or --urls says otherwise.</summary>
    [Required(ErrorMessage = "Portal:Url is empty. Set it to the address the portal listens on, for example http://localhost:8080.")]
    public string Url { get; set; } = "http://localhost:8080";

    /// <summary>Addresses of reverse proxies whose forwarded headers are believed. Empty: nobody's, since anyone can send them.</summary>
    public IList<string> TrustedProxies { get; } = [];

    [Range(1, 168, ErrorMessage = "Portal:SessionHours must be between 1 and 168.")]
    public int SessionHours { get; set; } = 12;

    [Range(3, 100, ErrorMessage = "Portal:LockoutAttempts must be between 3 and 100.")]
    public int LockoutAttempts { get; set; } = 5;

    [Range(1, 1440, ErrorMessage = "Portal:LockoutMinutes must be between 1 and 1440.")]
    public int LockoutMinutes { get; set; } = 15;

    public TimeSpan LockoutTime => TimeSpan.FromMinutes(LockoutMinutes);
}
