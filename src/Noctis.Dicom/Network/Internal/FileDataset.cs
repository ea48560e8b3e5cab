using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Network.Internal;

/// <summary>A DICOM file, opened where its data set begins.</summary>
internal sealed class FileDataset : IAsyncDisposable
{
    private FileDataset(Stream dataset, DicomTransferSyntax transferSyntax, string sopClassUid, string sopInstanceUid)
    {
        Dataset = dataset;
        TransferSyntax = transferSyntax;
        SOPClassUID = sopClassUid;
        SOPInstanceUID = sopInstanceUid;
    }

    public Stream Dataset { get; }

    public DicomTransferSyntax TransferSyntax { get; }

    public string SOPClassUID { get; }

    public string SOPInstanceUID { get; }

    public static async Task<FileDataset> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            var head = await new StreamSource(stream).ReadHeadAsync(cancellationToken);
            var (sopClass, sopInstance) = await FindUidsAsync(path, head, cancellationToken);
            stream.Position = head.Size;
            return new FileDataset(stream, head.TransferSyntax, sopClass, sopInstance);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Dataset.DisposeAsync();

    // A file without a meta group, or with half of one, has them in its data set.
    private static async Task<(string SOPClassUID, string SOPInstanceUID)> FindUidsAsync(
        string path, FileHead head, CancellationToken cancellationToken)
    {
        if (head.Meta.GetString(DicomTag.MediaStorageSOPClassUID) is { Length: > 0 } sopClass
            && head.Meta.GetString(DicomTag.MediaStorageSOPInstanceUID) is { Length: > 0 } sopInstance)
        {
            return (sopClass, sopInstance);
        }

        var options = new DicomReadOptions { StopBefore = new DicomTag(0x0008, 0x0019) };
        var dataset = (await DicomFile.OpenAsync(path, options, cancellationToken)).Dataset;
        return (
            dataset.GetString(DicomTag.SOPClassUID) ?? throw new DicomDataException("The file has no SOP Class UID.", DicomTag.SOPClassUID),
            dataset.GetString(DicomTag.SOPInstanceUID) ?? throw new DicomDataException("The file has no SOP Instance UID.", DicomTag.SOPInstanceUID));
    }
}
