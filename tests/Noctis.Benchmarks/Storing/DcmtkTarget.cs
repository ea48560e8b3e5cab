using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>dcmtk's storescp: a process an association, each object written as it comes in (bit preserving).</summary>
/// <param name="folder">Where it stores.</param>
/// <param name="maxPduLength">The longest PDU that it takes; null for its default, 16 KiB.</param>
internal sealed class DcmtkTarget(string folder, int? maxPduLength) : ServerTarget(folder)
{
    public override string Name => maxPduLength is null ? "dcmtk" : "dcmtk-128k";

    protected override async Task<ServerProcess> StartAsync()
    {
        Port = TakeFreePort();
        string[] pdu = maxPduLength is { } length ? ["--max-pdu", FormattableString.Invariant($"{length}")] : [];
        var server = ServerProcess.Start("storescp", ["--fork", "-B", "-od", Folder, .. pdu, FormattableString.Invariant($"{Port}")]);
        await server.WaitForPortAsync(Port);
        return server;
    }
}
