using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Noctis.Portal.Tests;

/// <summary>An answer of the portal.</summary>
public sealed record Page(HttpStatusCode Status, string? Location, IHtmlDocument Document, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<Page> ReadAsync(HttpResponseMessage response)
    {
        var document = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        // Redirects inside the site may be written with or without the host.
        var location = response.Headers.Location is { } uri ? (uri.IsAbsoluteUri && uri.Host == "localhost" ? uri.PathAndQuery : uri.OriginalString) : null;
        return new Page(response.StatusCode, location, document, response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
