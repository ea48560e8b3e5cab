using System.Text.Json;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Runs the scripts of the folder dcmjs-dimse with the npm package of that name, which tests/run.sh installs.</summary>
internal static class DcmjsDimse
{
    public const string AETitle = "DCMJS";

    private const string Node = "node";

    private static readonly string Modules = Path.Combine(Repository.Root, "artifacts", "dcmjs-dimse", "node_modules");

    private static readonly Dictionary<string, string> Environment = new() { ["NODE_PATH"] = Modules };

    public static bool IsInstalled => Directory.Exists(Path.Combine(Modules, "dcmjs-dimse")) && new ToolFactAttribute(Node).Skip is null;

    /// <summary>Has the client do something with a listener of ours.</summary>
    public static async Task<DcmjsOutcome> AskAsync(InteropServer server, string operation, Dictionary<string, object>? parameters = null)
    {
        var job = new Dictionary<string, object>(parameters ?? [])
        {
            ["operation"] = operation,
            ["port"] = server.Port,
            ["calling"] = AETitle,
            ["called"] = InteropServer.AETitle,
        };
        var (code, output) = await DcmtkTool.RunAsync(Node, [Script("scu.js"), JsonSerializer.Serialize(job)], Environment);
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<DcmjsOutcome>(output, JsonSerializerOptions.Web)!;
    }

    /// <summary>Starts the server.</summary>
    public static Task<ToolServer> StartServerAsync(Dictionary<string, object>? parameters = null) => ToolServer.StartAsync(
        Node,
        port => [Script("scp.js"), JsonSerializer.Serialize(new Dictionary<string, object>(parameters ?? []) { ["port"] = port })],
        Environment);

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", "dcmjs-dimse", name);
}
