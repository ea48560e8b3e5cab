using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Noctis.Archive.Facilities;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>A scanner that sends one image after the other, of all sizes, until the server is gone.</summary>
internal sealed class Sender(Facility facility, ConcurrentQueue<SentObject> acknowledged, TaskCompletionSource begun)
{
    private static readonly int[] PixelBytes = [8 * 1024, 64 * 1024, 512 * 1024, 2 * 1024 * 1024];

    public async Task SendUntilTheConnectionBreaksAsync()
    {
        await using var client = await ConnectAsync();
        var context = client.Association.PresentationContexts[0];
        var study = new PhantomImage();
        try
        {
            for (var number = 1; ; number++)
            {
                var image = study with
                {
                    SOPInstanceUID = DicomUID.Generate().Value,
                    InstanceNumber = number,
                    PixelBytes = PixelBytes[Random.Shared.Next(PixelBytes.Length)],
                };
                var bytes = new ArrayBufferWriter<byte>();
                DicomWriter.WriteDataset(bytes, image.ToDataset(), DicomTransferSyntax.ExplicitVRLittleEndian);
                var dataset = bytes.WrittenSpan.ToArray();
                var request = new CStoreRequest
                {
                    PresentationContext = context,
                    MessageID = (ushort)number,
                    AffectedSOPClassUID = context.AbstractSyntax,
                    AffectedSOPInstanceUID = image.SOPInstanceUID,
                };
                var answer = await client.StoreAsync(request, new MemoryStream(dataset));
                Assert.Equal(DicomStatus.Success, answer.Status);
                acknowledged.Enqueue(new SentObject(
                    facility.Id, image.SOPInstanceUID, dataset.Length, Convert.ToHexString(SHA256.HashData(dataset))));
                begun.TrySetResult();
            }
        }
        catch (DicomNetworkException)
        {
            // Killed.
        }
    }

    /// <summary>The process is ready before its listeners are, by a second at most.</summary>
    private async Task<DicomClient> ConnectAsync()
    {
        var options = new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = facility.Port,
            CallingAETitle = facility.AETitle,
            CalledAETitle = facility.AETitle,
            PresentationContexts = [new PresentationContextRq(1, DicomUID.CTImageStorage.Value, [DicomUID.ExplicitVRLittleEndian.Value])],
        };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await DicomClient.ConnectAsync(options);
            }
            catch (DicomNetworkException) when (attempt < 1_000)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
