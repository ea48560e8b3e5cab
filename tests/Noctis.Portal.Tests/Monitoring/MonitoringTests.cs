using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Admission;

namespace Noctis.Portal.Tests.Monitoring;

public sealed class MonitoringTests(SetUpPortal portal, MonitoredPortal monitored) : IClassFixture<SetUpPortal>, IClassFixture<MonitoredPortal>
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/api/status")]
    public async Task Get_Stranger_IsRefusedInWordsAndNotSentToSignIn(string path)
    {
        using var browser = portal.Browse();

        var page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Null(page.Location);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/api/status")]
    public async Task Get_StaffSignedIn_IsRefused(string path)
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Status_WithToken_HasTheFieldsThatArePromised()
    {
        using var client = ClientWithToken();
        var made = await monitored.Services.GetRequiredService<FacilityCommands>().CreateAsync(AdministratorScope.ForSystem("test"), new FacilityDraft("Monitored"));
        while (monitored.Services.GetRequiredService<CurrentDirectory>().Value.Find(made.Value.Id) is null)
            await Task.Yield();

        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/status"));

        var root = document.RootElement;
        Assert.Equal(
            ["status", "reasons", "version", "node", "startedUtc", "timeUtc", "database", "disk", "sharedDoor", "journal", "facilities", "jobs", "sharedDoorTest"], NamesOf(root));
        Assert.Contains(root.GetProperty("status").GetString(), (string[])["ok", "warning", "failed"]);
        Assert.Equal(["provider", "answers", "milliseconds"], NamesOf(root.GetProperty("database")));
        Assert.True(root.GetProperty("database").GetProperty("answers").GetBoolean());
        Assert.Equal(["freeBytes", "totalBytes", "floorBytes"], NamesOf(root.GetProperty("disk")));
        Assert.Equal(["droppedRows"], NamesOf(root.GetProperty("journal")));
        var job = root.GetProperty("jobs").EnumerateArray().First();
        Assert.Equal(["name", "lastRunUtc", "outcome", "result"], NamesOf(job));
        Assert.Equal(
            ["state", "sinceUtc", "endPoint", "reason", "remedy", "associations", "peakAssociationsToday", "failing"], NamesOf(root.GetProperty("sharedDoor")));
        Assert.Equal(1, root.GetProperty("facilities").GetArrayLength());
        foreach (var facility in root.GetProperty("facilities").EnumerateArray())
        {
            Assert.Equal(["id", "name", "aeTitle", "port", "state", "listener", "today", "lastArrivalUtc", "selfTests"], NamesOf(facility));
            Assert.Equal(["associations", "images", "bytes", "refusals", "errors"], NamesOf(facility.GetProperty("today")));
        }
    }

    [Fact]
    public async Task Metrics_WithToken_AreInThePrometheusFormat()
    {
        using var client = ClientWithToken();

        using var response = await client.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches("# TYPE noctis_journal_dropped\\w* counter", text);
        Assert.Contains("noctis_disk_free_bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WrongToken_IsUnauthorized()
    {
        using var client = ClientWithToken();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "another-token-of-20-characters");

        using var response = await client.GetAsync("/api/status");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    private HttpClient ClientWithToken()
    {
        var client = monitored.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MonitoredPortal.Token);
        return client;
    }

    private static string[] NamesOf(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
