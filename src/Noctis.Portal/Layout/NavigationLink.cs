namespace Noctis.Portal.Layout;

public sealed record NavigationLink(string Group, string Label, string Icon, string Href)
{
    /// <summary>Shown for this address: the page itself or one below it. A facility's home and the overview are not above everything else.</summary>
    public bool IsCurrent(string path) =>
        string.Equals(path, Href, StringComparison.OrdinalIgnoreCase)
        || (Label is not ("Home" or "Overview") && path.StartsWith(Href + "/", StringComparison.OrdinalIgnoreCase));
}
