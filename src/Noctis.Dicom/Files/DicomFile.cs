using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;
using Noctis.Dicom.Files.Writing;

namespace Noctis.Dicom.Files;

/// <summary>A DICOM file (PS3.10): its meta group, its data set, and the transfer syntax of that.</summary>
/// <remarks>
/// Reads what the standard allows and the deviations that docs/tolerances.md lists; writes what the standard allows.
/// Reading from it is safe on many threads as long as none writes.
/// </remarks>
public sealed class DicomFile
{
    private DicomFile(DicomDataset fileMeta, DicomDataset dataset, DicomTransferSyntax transferSyntax)
    {
        FileMeta = fileMeta;
        Dataset = dataset;
        TransferSyntax = transferSyntax;
    }

    /// <summary>Makes a file of a data set; the meta group is derived from it when it is written.</summary>
    public DicomFile(DicomDataset dataset, DicomTransferSyntax transferSyntax)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        DicomWriter.RequireEncoding(transferSyntax);
        FileMeta = [];
        Dataset = dataset;
        TransferSyntax = transferSyntax;
    }

    /// <summary>Group 0002 as it was read; empty where there was none. It is brought up to date on what is written, not here.</summary>
    public DicomDataset FileMeta { get; }

    /// <summary>The data set.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>
    /// What the data set was read in and is written in. It can differ from the one that <see cref="FileMeta"/> names, where
    /// that one could not be right.
    /// </summary>
    public DicomTransferSyntax TransferSyntax { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DicomDataException">It is not DICOM, not valid, not whole, or goes past a limit of the options.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public static DicomFile Open(string path, DicomReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OpenToRead(path, FileOptions.None);
        return Open(stream, options ?? DicomReadOptions.Default, Reopen(path));
    }

    /// <summary>Reads a file from where a stream stands to the stream's end. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="Open(string, DicomReadOptions?)"/>.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public static DicomFile Open(Stream stream, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(stream, options ?? DicomReadOptions.Default, null);
    }

    /// <summary>As <see cref="Open(string, DicomReadOptions?)"/>, without blocking.</summary>
    public static async Task<DicomFile> OpenAsync(
        string path, DicomReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = OpenToRead(path, FileOptions.Asynchronous);
        await using var _ = stream.ConfigureAwait(false);
        return await OpenAsync(stream, options ?? DicomReadOptions.Default, Reopen(path), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="Open(Stream, DicomReadOptions?)"/>, without blocking.</summary>
    public static Task<DicomFile> OpenAsync(
        Stream stream, DicomReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return OpenAsync(stream, options ?? DicomReadOptions.Default, null, null, cancellationToken);
    }

    /// <summary>The same data set for another transfer syntax. No pixel is compressed or decompressed.</summary>
    /// <exception cref="DicomDataException">One of the two syntaxes compresses pixel data, and the data set has some.</exception>
    public DicomFile WithTransferSyntax(DicomTransferSyntax transferSyntax)
    {
        ArgumentNullException.ThrowIfNull(transferSyntax);
        DicomWriter.RequireEncoding(transferSyntax);
        if (transferSyntax != TransferSyntax
            && (transferSyntax.IsEncapsulated || TransferSyntax.IsEncapsulated)
            && Dataset.Contains(DicomTag.PixelData))
        {
            throw new DicomDataException(
                $"Pixel data in {TransferSyntax} cannot be put into {transferSyntax} without a codec.", DicomTag.PixelData);
        }

        return new DicomFile(FileMeta, Dataset, transferSyntax);
    }

    /// <summary>Writes the file. One that is there is replaced in one step, when the new one is whole and flushed to disk.</summary>
    public void Save(string path, DicomWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var part = PartPath(path);
        try
        {
            using (var stream = OpenToWrite(part, FileOptions.None))
            {
                Save(stream, options);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Writes the file to a stream, which is left open.</summary>
    public void Save(Stream stream, DicomWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new StreamTarget(stream, TransferSyntax, options ?? DicomWriteOptions.Default).Write(MetaToWrite(), Dataset);
    }

    /// <summary>As <see cref="Save(string, DicomWriteOptions?)"/>, without blocking.</summary>
    public async Task SaveAsync(string path, DicomWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var part = PartPath(path);
        try
        {
            var stream = OpenToWrite(part, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                await SaveAsync(stream, options, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>As <see cref="Save(Stream, DicomWriteOptions?)"/>, without blocking.</summary>
    public Task SaveAsync(Stream stream, DicomWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamTarget(stream, TransferSyntax, options ?? DicomWriteOptions.Default)
            .WriteAsync(MetaToWrite(), Dataset, cancellationToken);
    }

    /// <summary>Reads a file, and is told where the items of its root sequences begin, in bytes from where the stream stood.</summary>
    internal static DicomFile Open(Stream stream, DicomReadOptions options, Action<DicomTag, long, DicomDataset> itemBegun) =>
        Open(stream, options, null, itemBegun);

    private static DicomFile Open(
        Stream stream, DicomReadOptions options, Func<Stream>? reopen, Action<DicomTag, long, DicomDataset>? itemBegun = null)
    {
        var source = new StreamSource(stream);
        var head = source.ReadHead();
        using var pump = PumpFor(head, source, options, reopen, itemBegun);
        source.PumpTo(pump);
        return new DicomFile(head.Meta, pump.Root, head.TransferSyntax);
    }

    /// <summary>As the other one, without blocking.</summary>
    internal static Task<DicomFile> OpenAsync(
        Stream stream, DicomReadOptions options, Action<DicomTag, long, DicomDataset> itemBegun, CancellationToken cancellationToken) =>
        OpenAsync(stream, options, null, itemBegun, cancellationToken);

    private static async Task<DicomFile> OpenAsync(
        Stream stream,
        DicomReadOptions options,
        Func<Stream>? reopen,
        Action<DicomTag, long, DicomDataset>? itemBegun,
        CancellationToken cancellationToken)
    {
        var source = new StreamSource(stream);
        var head = await source.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        using var pump = PumpFor(head, source, options, reopen, itemBegun);
        await source.PumpToAsync(pump, cancellationToken).ConfigureAwait(false);
        return new DicomFile(head.Meta, pump.Root, head.TransferSyntax);
    }

    private static DatasetPump PumpFor(
        FileHead head, StreamSource source, DicomReadOptions options, Func<Stream>? reopen, Action<DicomTag, long, DicomDataset>? itemBegun = null) =>
        new(
            head.TransferSyntax,
            options.ToParserOptions(head.Size, source.Length, reopen) with { ItemBegun = itemBegun },
            options.MaxInflatedBytes);

    // Buffers of its own would only copy what is read and written in large pieces anyway.
    private static FileStream OpenToRead(string path, FileOptions options) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, options);

    private static FileStream OpenToWrite(string path, FileOptions options) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, options);

    private static Func<Stream> Reopen(string path)
    {
        var full = Path.GetFullPath(path);
        return () => OpenToRead(full, FileOptions.None);
    }

    private static string PartPath(string path) => $"{path}.{Guid.NewGuid():N}.part";

    /// <summary>The meta group for what is written now: of this implementation, with the UIDs of the data set.</summary>
    private DicomDataset MetaToWrite()
    {
        var meta = new DicomDataset(FileMeta);
        Take(DicomTag.SOPClassUID, DicomTag.MediaStorageSOPClassUID);
        Take(DicomTag.SOPInstanceUID, DicomTag.MediaStorageSOPInstanceUID);
        meta.SetString(DicomTag.TransferSyntaxUID, TransferSyntax.UID.Value);
        return DicomFileMetaWriter.Complete(meta);

        // Byte for byte, since what was read may be no valid UID; who reads the file finds the same in both places.
        void Take(DicomTag source, DicomTag target)
        {
            if (Dataset.TryGetElement(source, out var element) && element is DicomValueElement { IsEmpty: false } value)
                meta.SetValue(target, DicomVR.UI, value.Value);
        }
    }
}
