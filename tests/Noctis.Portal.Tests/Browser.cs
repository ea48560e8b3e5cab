using System.Net;
using AngleSharp.Html.Dom;

namespace Noctis.Portal.Tests;

/// <summary>What a browser without script does: gets pages, fills forms with their hidden fields, posts them.</summary>
public sealed class Browser(HttpClient client) : IDisposable
{
    public async Task<Page> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await Page.ReadAsync(response);
    }

    /// <summary>Gets the page and posts the form on it whose field names these are.</summary>
    public async Task<Page> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var form = fields.Length == 0
            ? page.Document.Forms.Single(form => form.Action.EndsWith(path, StringComparison.Ordinal))
            : page.Document.Forms.Single(form => fields.All(field => form.QuerySelector($"[name='{field.Name}']") is not null));
        var values = form.QuerySelectorAll("input[type=hidden][name]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
            values[name] = value;
        return await PostAsync(path, values);
    }

    public async Task<Page> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var content = new FormUrlEncodedContent(values);
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Page.ReadAsync(response);
    }

    public Task<Page> SignInAsync(string userName, string password, string path = "/sign-in") =>
        SubmitAsync(path, ("Input.UserName", userName), ("Input.Password", password));

    public void Dispose() => client.Dispose();
}
