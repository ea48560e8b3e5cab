namespace Noctis.Dicom.Tests.Interop;

/// <summary>Our listener and an Orthanc that know each other, for all tests of a class; started by the first that runs.</summary>
public sealed class OrthancPair : IAsyncLifetime
{
    private readonly Lazy<Task<(InteropServer Ours, OrthancServer Orthanc)>> _started = new(StartAsync);

    internal Task<(InteropServer Ours, OrthancServer Orthanc)> StartedAsync => _started.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (ours, orthanc) = await _started.Value;
        await orthanc.DisposeAsync();
        await ours.DisposeAsync();
    }

    private static async Task<(InteropServer Ours, OrthancServer Orthanc)> StartAsync()
    {
        var ours = await InteropServer.StartAsync();
        try
        {
            var orthanc = await OrthancServer.StartAsync(ours);
            ours.Archive.Destinations[OrthancServer.AETitle] = orthanc.Port;
            return (ours, orthanc);
        }
        catch
        {
            await ours.DisposeAsync();
            throw;
        }
    }
}
