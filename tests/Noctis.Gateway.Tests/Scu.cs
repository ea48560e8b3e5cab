using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests;

/// <summary>A modality: our own client, with the CT images of the phantom.</summary>
internal static class Scu
{
    private static readonly PresentationContextRq[] Contexts =
    [
        new(1, DicomUID.Verification.Value, [DicomTransferSyntax.ImplicitVRLittleEndian.UID.Value]),
        new(3, DicomUID.CTImageStorage.Value, [DicomTransferSyntax.ExplicitVRLittleEndian.UID.Value]),
    ];

    public static Task<DicomClient> ConnectAsync(int port, string calling, string called, params PresentationContextRq[] contexts) =>
        DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CallingAETitle = calling,
            CalledAETitle = called,
            PresentationContexts = contexts.Length > 0 ? contexts : Contexts,
        });

    public static async Task<DicomStatus> EchoAsync(int port, string calling, string called)
    {
        await using var client = await ConnectAsync(port, calling, called);
        var status = await client.EchoAsync();
        await client.ReleaseAsync();
        return status;
    }

    /// <summary>Sends each image over one association, and releases it.</summary>
    public static async Task<IReadOnlyList<CStoreResponse>> StoreAsync(int port, string calling, string called, params IEnumerable<PhantomImage> images)
    {
        await using var client = await ConnectAsync(port, calling, called);
        var answers = new List<CStoreResponse>();
        foreach (var image in images)
            answers.Add(await client.SendAsync(image.ToDataset(), image.SOPInstanceUID));
        await client.ReleaseAsync();
        return answers;
    }

    public static Task<CStoreResponse> SendAsync(this DicomClient client, DicomDataset dataset, string sopInstanceUid)
    {
        var bytes = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(bytes, dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        return client.SendAsync(bytes.WrittenMemory.ToArray(), sopInstanceUid);
    }

    public static Task<CStoreResponse> SendAsync(this DicomClient client, byte[] dataset, string sopInstanceUid) =>
        client.SendAsync(new MemoryStream(dataset), sopInstanceUid);

    public static Task<CStoreResponse> SendAsync(this DicomClient client, Stream dataset, string sopInstanceUid)
    {
        var context = client.Association.PresentationContexts.FindAccepted(DicomUID.CTImageStorage.Value)
            ?? throw new InvalidOperationException("CT images are not accepted.");
        var request = new CStoreRequest
        {
            PresentationContext = context,
            MessageID = 1,
            AffectedSOPClassUID = context.AbstractSyntax,
            AffectedSOPInstanceUID = sopInstanceUid,
        };
        return client.StoreAsync(request, dataset);
    }
}
