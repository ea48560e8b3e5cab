namespace Noctis.Portal.Hosting;

/// <summary>
/// "Noctis.Portal --health-check [url]": asks a running portal whether it lives and ends with 0 or 1, for container images that hold no curl.
/// </summary>
internal static class HealthProbe
{
    public static async Task<int> RunAsync(string[] args)
    {
        var url = args.FirstOrDefault()
            ?? Environment.GetEnvironmentVariable("Portal__Url")
            ?? new PortalOptions().Url;
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using var response = await client.GetAsync(new Uri(PortalAddress.ToBrowse(url), "health/live"));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{url}: {exception.Message}");
            return 1;
        }
    }
}
