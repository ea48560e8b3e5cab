using System.Buffers;
using System.Buffers.Binary;
using Noctis.Benchmarks.Measuring;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Testing.Dicom;

namespace Noctis.Benchmarks.Storing;

/// <summary>Sends one object of 2 GB and reads how much more memory the receiver has ever had for it.</summary>
internal static class LargeObject
{
    private const uint PixelBytes = 2u * 1024 * 1024 * 1024;
    private const long Megabyte = 1024 * 1024;

    public static async Task RunAsync(string folder, bool isQuick, CancellationToken cancellationToken)
    {
        var length = isQuick ? PixelBytes / 16 : PixelBytes;
        await using var target = new NoctisTarget(Path.Combine(folder, "large"));
        await target.PrepareAsync();
        var contexts = new PresentationContextBuilder();
        contexts.Add(DicomUID.CTImageStorage.Value, DicomUID.ExplicitVRLittleEndian.Value);
        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = target.Port,
            CallingAETitle = "BENCHMARK",
            CalledAETitle = "NOCTIS",
            PresentationContexts = [.. contexts.BuildContexts()],
        }, cancellationToken);

        // What the first objects take is the program itself.
        for (var i = 0; i < 20; i++)
            await SendAsync(client, (uint)Megabyte, cancellationToken);
        var before = ProcessFigures.PeakResidentBytes(target.ProcessId);
        await SendAsync(client, length, cancellationToken);
        var grown = ProcessFigures.PeakResidentBytes(target.ProcessId) - before;
        await client.ReleaseAsync(cancellationToken);
        await target.CheckAsync(1, length);

        Console.WriteLine("\n### One large object\n");
        var table = new MarkdownTable("object MB", "peak memory before MB", "grown by MB");
        table.Add(
            MarkdownTable.Number((double)length / Megabyte),
            MarkdownTable.Number((double)before / Megabyte),
            MarkdownTable.Number((double)grown / Megabyte));
    }

    private static async Task SendAsync(DicomClient client, uint pixelBytes, CancellationToken cancellationToken)
    {
        var uid = DicomUID.Generate().Value;
        var head = new ArrayBufferWriter<byte>();
        var dataset = new PhantomImage { SOPInstanceUID = uid, PixelBytes = 2 }.ToDataset();
        dataset.Remove(DicomTag.PixelData);
        DicomWriter.WriteDataset(head, dataset, DicomTransferSyntax.ExplicitVRLittleEndian);

        // PS3.5 7.1.2: tag, VR, two reserved bytes, length.
        head.Write<byte>([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0]);
        BinaryPrimitives.WriteUInt32LittleEndian(head.GetSpan(4), pixelBytes);
        head.Advance(4);
        var request = client.CreateStoreRequest(DicomUID.CTImageStorage.Value, uid, DicomUID.ExplicitVRLittleEndian.Value);
        var response = await client.StoreAsync(request, new GeneratedStream(head.WrittenMemory, pixelBytes), cancellationToken);
        if (!response.Status.IsSuccessOrWarning)
            throw new InvalidOperationException($"The object was not stored: {response.Status}.");
    }
}
