using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Writing;

namespace Noctis.Dicom.Files;

/// <summary>Writes data sets without a file around them.</summary>
/// <remarks>
/// Values go out byte for byte, but for the byte order of numbers and one byte of padding after an odd length (PS3.5 7.1.1).
/// Group lengths, wherever there are any, are counted anew. Safe on any thread as long as the data set is not changed.
/// </remarks>
public static class DicomWriter
{
    /// <summary>Writes a data set, of files or of DIMSE, in a transfer syntax.</summary>
    /// <exception cref="DicomDataException">The data set cannot be written in this syntax: its pixel data is compressed, and the syntax is not.</exception>
    public static void WriteDataset(
        IBufferWriter<byte> output, DicomDataset dataset, DicomTransferSyntax transferSyntax, DicomWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        options ??= DicomWriteOptions.Default;
        RequireEncoding(transferSyntax);
        if (transferSyntax.IsDeflated)
            new StreamTarget(new BufferWriterStream(output), transferSyntax, options).Write(null, dataset);
        else
            new ElementWriter(output, transferSyntax, options).WriteDataset(dataset);
    }

    /// <summary>Writes a data set to a stream, which is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="WriteDataset(IBufferWriter{byte}, DicomDataset, DicomTransferSyntax, DicomWriteOptions?)"/>.</exception>
    public static void WriteDataset(
        Stream stream, DicomDataset dataset, DicomTransferSyntax transferSyntax, DicomWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        RequireEncoding(transferSyntax);
        new StreamTarget(stream, transferSyntax, options ?? DicomWriteOptions.Default).Write(null, dataset);
    }

    /// <summary>As <see cref="WriteDataset(Stream, DicomDataset, DicomTransferSyntax, DicomWriteOptions?)"/>, without blocking.</summary>
    public static Task WriteDatasetAsync(
        Stream stream,
        DicomDataset dataset,
        DicomTransferSyntax transferSyntax,
        DicomWriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        RequireEncoding(transferSyntax);
        return new StreamTarget(stream, transferSyntax, options ?? DicomWriteOptions.Default).WriteAsync(null, dataset, cancellationToken);
    }

    internal static void RequireEncoding(DicomTransferSyntax transferSyntax)
    {
        if (!transferSyntax.IsDatasetEncoding)
            throw new DicomDataException($"{transferSyntax} is not an encoding of data sets.");
    }
}
