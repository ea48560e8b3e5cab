using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Testing.Dicom;
using Xunit;

namespace Noctis.Testing.Ingest;

/// <summary>Sends objects as a C-STORE would: the command's values first, then the data set in pieces.</summary>
public static class Sending
{
    public static byte[] DatasetBytes(DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(buffer, dataset, syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian);
        return buffer.WrittenSpan.ToArray();
    }

    public static IngestOrigin Origin(DicomDataset dataset, DicomTransferSyntax? syntax = null) => new()
    {
        TransferSyntaxUid = (syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian).UID.Value,
        SopClassUid = dataset.GetString(DicomTag.SOPClassUID) ?? DicomUID.CTImageStorage.Value,
        SopInstanceUid = dataset.GetString(DicomTag.SOPInstanceUID) ?? DicomUID.Generate().Value,
        CallingAETitle = "CT-ROOM-2",
        CalledAETitle = "TEST",
        RemoteAddress = "192.0.2.7",
    };

    /// <summary>Stores an image; a refusal is a failed test.</summary>
    public static async Task<StoredInstance> StoreAsync(this IServiceProvider services, FacilityScope scope, PhantomImage image, string callingAETitle = "CT-ROOM-2")
    {
        DicomDataset dataset = image.ToDataset();
        IngestOrigin origin = Origin(dataset, image.TransferSyntax) with { CallingAETitle = callingAETitle };
        return (await services.SendAsync(scope, origin, DatasetBytes(dataset, image.TransferSyntax))).Stored();
    }

    public static Task<Result<StoredInstance>> SendAsync(this IServiceProvider services, FacilityScope scope, PhantomImage image) =>
        services.SendAsync(scope, image.ToDataset());

    public static Task<Result<StoredInstance>> SendAsync(this IServiceProvider services, FacilityScope scope, DicomDataset dataset, DicomTransferSyntax? syntax = null) =>
        services.SendAsync(scope, Origin(dataset, syntax), DatasetBytes(dataset, syntax));

    public static async Task<Result<StoredInstance>> SendAsync(
        this IServiceProvider services, FacilityScope scope, IngestOrigin origin, ReadOnlyMemory<byte> bytes, int pieces = 3)
    {
        Result<IncomingInstance> begun = await services.GetRequiredService<InstanceIngest>().BeginAsync(scope, origin, CancellationToken.None);
        if (!begun.TryGetValue(out IncomingInstance? incoming)) return begun.Error!;
        await using (incoming)
        {
            int size = Math.Max(1, bytes.Length / pieces);
            for (int at = 0; at < bytes.Length; at += size)
                await incoming.WriteAsync(bytes[at..Math.Min(at + size, bytes.Length)], CancellationToken.None);
            return await incoming.CompleteAsync(CancellationToken.None);
        }
    }

    public static StoredInstance Stored(this Result<StoredInstance> result)
    {
        Assert.True(result.IsSuccess, result.Error?.ToString());
        return result.Value;
    }

    public static IngestError Refused(this Result<StoredInstance> result)
    {
        Assert.False(result.IsSuccess);
        var error = Assert.IsType<IngestError>(result.Error);
        Assert.InRange(error.Message.Length, 1, 64);
        return error;
    }
}
