namespace Noctis.Portal.Hosting;

/// <summary>Headers of every answer that tell browsers what this site never does.</summary>
internal static class SecurityHeaders
{
    private static readonly string ContentSecurityPolicy = string.Join("; ",
        // What no line below allows is not loaded.
        "default-src 'self'",
        // Our own files alone; neither inline scripts nor eval.
        "script-src 'self'",
        "style-src 'self'",
        // Radzen and Blazor place popups and bars by style attributes; <style> elements stay forbidden.
        "style-src-attr 'unsafe-inline'",
        // data: for the QR code and the few pictures inside Radzen's style sheet.
        "img-src 'self' data:",
        "font-src 'self'",
        // The circuit's web socket and fetches, to this origin only.
        "connect-src 'self'",
        // No plug-ins, no frames, nor anyone framing us: a click here is meant for here.
        "object-src 'none'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        // A smuggled <base> or form must not carry what is typed elsewhere.
        "base-uri 'self'",
        "form-action 'self'");

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Addresses hold ids of facilities and studies, and searches: other sites need none of it.
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <summary>Pages hold patient data: neither the browser's nor a proxy's cache keeps them.</summary>
    public static IApplicationBuilder UseNoStoreForPages(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
