using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>What associations take of the process: measured, so nothing else may run beside these.</summary>
[Collection(nameof(ResourceTests))]
[CollectionDefinition(nameof(ResourceTests), DisableParallelization = true)]
public class ResourceTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task Store_256Megabytes_MemoryGrowsByLessThan64()
    {
        var store = new CountingStore();
        await using var listener = await StartAsync(store);
        await using var client = await ConnectAsync(listener);
        await SendAsync(client, 1 * Megabyte);
        store.StartMeasuring();

        await SendAsync(client, 256 * Megabyte);

        Assert.Equal(257 * Megabyte, store.Bytes);
        Assert.InRange(store.PeakGrowth, 0, 64 * Megabyte);
        await client.ReleaseAsync();
    }

    [Theory]
    [InlineData(4u * 1024)]
    [InlineData(128u * 1024)]
    public async Task Store_SteadyState_AllocatesLittle(uint maxPduLength)
    {
        var store = new CountingStore();
        await using var listener = await StartAsync(store, maxPduLength);
        await using var client = await ConnectAsync(listener);
        await SendAsync(client, 64 * Megabyte);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SendAsync(client, 64 * Megabyte);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // An unoptimized build allocates for each call of an async method, here some 500 KB for the batches that are sent and the waits
        // for more. One object of the smallest size for each of the 32,768 PDUs of 4 KiB, written and read, would be 800 KB on top.
        Assert.InRange(allocated, 0, 900 * 1024);
        await client.ReleaseAsync();
    }

    private static async Task<DicomListener> StartAsync(IStoreProvider store, uint maxPduLength = 128 * 1024)
    {
        var listener = new DicomListener(
            TestListener.DefaultOptions with { MaxPduLength = maxPduLength },
            AdmitEveryone.Instance,
            DimseServices.EchoAndStore(store),
            null,
            NullLoggerFactory.Instance,
            TimeProvider.System);
        await listener.StartAsync();
        return listener;
    }

    private static Task<DicomClient> ConnectAsync(DicomListener listener) => DicomClient.ConnectAsync(new DicomClientOptions
    {
        Host = "127.0.0.1",
        Port = listener.LocalEndPoint!.Port,
        CallingAETitle = "MODALITY",
        CalledAETitle = "NOCTIS",
        PresentationContexts = TestListener.DefaultContexts(),
    });

    private static async Task SendAsync(DicomClient client, long length)
    {
        var request = client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value);
        var response = await client.StoreAsync(request, new EndlessStream(length));
        Assert.Equal(DicomStatus.Success, response.Status);
    }
}
