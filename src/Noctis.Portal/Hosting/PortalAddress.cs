namespace Noctis.Portal.Hosting;

internal static class PortalAddress
{
    /// <summary>The address to open in a browser on this machine for an address that a server binds: "http://*:8080" is no address to go to.</summary>
    public static Uri ToBrowse(string bound)
    {
        var first = bound.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        foreach (var any in (string[])["://0.0.0.0", "://[::]", "://*", "://+"])
            first = first.Replace(any, "://localhost", StringComparison.Ordinal);
        return new Uri(first.EndsWith('/') ? first : first + "/");
    }
}
