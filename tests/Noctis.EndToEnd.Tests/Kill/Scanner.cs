using System.Buffers;
using System.Security.Cryptography;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>What a scanner does: connect with what it was given, and send.</summary>
internal static class Scanner
{
    private static readonly int[] PixelBytes = [8 * 1024, 8 * 1024, 64 * 1024, 64 * 1024, 512 * 1024, 2 * 1024 * 1024];

    /// <summary>Sends an object with a content that it never had, and notes what became of it.</summary>
    public static async Task<CStoreResponse> SendAsync(DicomClient client, SentObject sent, ushort messageId)
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
        if (answer.Status == DicomStatus.Success)
            sent.Acknowledged(content);
        return answer;
    }

    /// <summary>The process is ready before its listeners are, by a second at most.</summary>
    public static async Task<DicomClient> ConnectAsync(KillFacility facility)
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
