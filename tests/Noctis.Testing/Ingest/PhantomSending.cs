using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Dicom.Files;
using Noctis.Testing.Dicom;

namespace Noctis.Testing.Ingest;

/// <summary>Puts phantom images into an archive by the way that a C-STORE takes, without a network.</summary>
public static class PhantomSending
{
    /// <summary>Stores an image for the scope's facility; a refusal is a failed test.</summary>
    public static async Task<StoredInstance> StoreAsync(this IServiceProvider services, FacilityScope scope, PhantomImage image, string callingAETitle = "CT-ROOM-2")
    {
        var bytes = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(bytes, image.ToDataset(), image.TransferSyntax);
        var begun = await services.GetRequiredService<InstanceIngest>().BeginAsync(
            scope,
            new IngestOrigin
            {
                TransferSyntaxUid = image.TransferSyntax.UID.Value,
                SopClassUid = image.SOPClassUID,
                SopInstanceUid = image.SOPInstanceUID,
                CallingAETitle = callingAETitle,
                CalledAETitle = "TEST",
                RemoteAddress = "192.0.2.7",
            },
            CancellationToken.None);
        await using var incoming = begun.Value;
        await incoming.WriteAsync(bytes.WrittenMemory, CancellationToken.None);
        return (await incoming.CompleteAsync(CancellationToken.None)).Value;
    }
}
