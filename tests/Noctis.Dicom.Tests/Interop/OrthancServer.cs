using System.Text.Json;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>An Orthanc that has our listener as a modality, with its worklist plugin, and what it is asked to do through its REST interface.</summary>
internal sealed class OrthancServer : IAsyncDisposable
{
    public const string AETitle = "ORTHANC";

    private const string Plugin = "/usr/share/orthanc/plugins/libModalityWorklists.so";
    private const string Modality = "/modalities/ours";

    private readonly ToolServer _process;
    private readonly HttpClient _http;

    private OrthancServer(ToolServer process, int dicomPort)
    {
        _process = process;
        Port = dicomPort;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{process.Port}") };
    }

    /// <summary>Its DICOM port.</summary>
    public int Port { get; }

    public static async Task<OrthancServer> StartAsync(InteropServer ours)
    {
        var folder = ours.MakeFolder("orthanc");
        var worklists = ours.MakeFolder("orthanc-worklists");
        await WorklistItems.WriteAsync(worklists);
        var configuration = Path.Combine(folder, "orthanc.json");
        var dicomPort = FreePort.Take();
        var process = await ToolServer.StartAsync("Orthanc", httpPort =>
        {
            File.WriteAllText(configuration, JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["StorageDirectory"] = folder,
                ["IndexDirectory"] = folder,
                ["Plugins"] = new[] { Plugin },
                ["Worklists"] = new { Enable = true, Database = worklists },
                ["HttpPort"] = httpPort,
                ["DicomPort"] = dicomPort,
                ["DicomAet"] = AETitle,
                ["RemoteAccessAllowed"] = false,
                ["AuthenticationEnabled"] = false,
                ["DicomModalities"] = new Dictionary<string, object>
                {
                    ["ours"] = Known(InteropServer.AETitle, ours.Port),

                    // Our client, whose reports of a storage commitment go to the listener.
                    ["client"] = Known(InteropClient.AETitle, ours.Port),
                },
            }));
            return [configuration];
        });
        return new OrthancServer(process, dicomPort);

        static object Known(string aeTitle, int port) =>
            new { AET = aeTitle, Host = "127.0.0.1", Port = port, AllowStorageCommitment = true, AllowGet = true, AllowMove = true };
    }

    /// <summary>Gives it a file and returns its own identifiers of the instance and the study.</summary>
    public async Task<(string Instance, string Study)> UploadAsync(string path)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path));
        using var answer = await _http.PostAsync("/instances", content);
        var instance = await ReadAsync(answer);
        return (instance.GetProperty("ID").GetString()!, instance.GetProperty("ParentStudy").GetString()!);
    }

    public async Task DeleteStudyAsync(string study)
    {
        using var answer = await _http.DeleteAsync("/studies/" + study);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Its identifiers of the studies of this Study Instance UID.</summary>
    public async Task<IReadOnlyList<string>> FindStudiesAsync(string studyInstanceUid)
    {
        var found = await PostAsync("/tools/find", new { Level = "Study", Query = new { StudyInstanceUID = studyInstanceUid } });
        return [.. found.EnumerateArray().Select(study => study.GetString()!)];
    }

    /// <summary>Writes the instances of a study into a folder.</summary>
    public async Task<IReadOnlyList<string>> DownloadAsync(string study, string folder)
    {
        var files = new List<string>();
        foreach (var instance in (await GetAsync($"/studies/{study}/instances")).EnumerateArray())
        {
            var id = instance.GetProperty("ID").GetString()!;
            files.Add(Path.Combine(folder, id + ".dcm"));
            await File.WriteAllBytesAsync(files[^1], await _http.GetByteArrayAsync($"/instances/{id}/file"));
        }

        return files;
    }

    /// <summary>Has it do something with our listener.</summary>
    public Task<JsonElement> AskOursAsync(string what, object parameters) => PostAsync($"{Modality}/{what}", parameters);

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body));
        using var answer = await _http.PostAsync(path, content);
        return await ReadAsync(answer);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {text}\n{_process.Output}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
