using System.Buffers;
using System.Security.Cryptography;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>A scanner that sends one image after the other, of all sizes, now and then an earlier one with other content, until the server is gone.</summary>
internal sealed class Sender(KillFacility facility, TaskCompletionSource begun)
{
    /// <summary>One of so many objects was sent before.</summary>
    private const int Resent = 4;

    private static readonly int[] PixelBytes = [8 * 1024, 8 * 1024, 64 * 1024, 64 * 1024, 512 * 1024, 2 * 1024 * 1024];

    public async Task SendUntilTheConnectionBreaksAsync()
    {
        await using var client = await ConnectAsync();
        var study = new PhantomImage();
        try
        {
            for (var number = 1; ; number++)
            {
                var sent = (Random.Shared.Next(Resent) == 0 ? facility.Objects.Take() : null)
                    ?? new SentObject(facility.Id, facility.Policy, study with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = number });
                try
                {
                    await SendAsync(client, sent, (ushort)number);
                }
                finally
                {
                    facility.Objects.Return(sent);
                }
            }
        }
        catch (DicomNetworkException)
        {
            // Killed.
        }
    }

    private async Task SendAsync(DicomClient client, SentObject sent, ushort messageId)
    {
        var dataset = (sent.Image with { PixelBytes = PixelBytes[Random.Shared.Next(PixelBytes.Length)] }).ToDataset()
            .SetString(DicomTag.ImageComments, Guid.NewGuid().ToString());
        var buffer = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(buffer, dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        var bytes = buffer.WrittenSpan.ToArray();
        var content = new SentContent(bytes.Length, Convert.ToHexString(SHA256.HashData(bytes)));
        var context = client.Association.PresentationContexts[0];
        var request = new CStoreRequest
        {
            PresentationContext = context,
            MessageID = messageId,
            AffectedSOPClassUID = context.AbstractSyntax,
            AffectedSOPInstanceUID = sent.Image.SOPInstanceUID,
        };
        sent.Sending(content);
        var answer = await client.StoreAsync(request, new MemoryStream(bytes));
        Assert.Equal(DicomStatus.Success, answer.Status);
        sent.Acknowledged(content);
        begun.TrySetResult();
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
