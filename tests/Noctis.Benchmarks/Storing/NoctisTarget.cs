using System.Globalization;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>The bare toolkit listener, in a process of its own.</summary>
/// <param name="folder">Where it stores.</param>
/// <param name="build">The benchmarks as another build made them, to compare with; null for this one.</param>
internal sealed class NoctisTarget(string folder, string? build = null) : ServerTarget(folder)
{
    public override string Name => build is null ? "noctis" : "noctis:" + build;

    public override bool IsOurs => build is null;

    // .NET compiles while a program runs, in steps, and has settled after some thousand objects.
    public override int WarmUpRounds => 6;

    public override bool WaitsForNagle => false;

    protected override async Task<ServerProcess> StartAsync()
    {
        var server = ServerProcess.Start(build ?? Environment.ProcessPath!, "listen", Folder);
        Port = int.Parse(await server.WaitForLineAsync(ListenCommand.PortPrefix), CultureInfo.InvariantCulture);
        return server;
    }
}
