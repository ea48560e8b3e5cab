using System.Xml;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>Writes data sets in the Native DICOM Model (PS3.19 A.1), media type application/dicom+xml.</summary>
/// <remarks>
/// The document is UTF-8, and Specific Character Set (0008,0005) says ISO_IR 192 wherever the text needs one. Private
/// elements carry their creator and no block; the elements that reserve blocks are not written. Group lengths are left out.
/// Characters that XML 1.0 cannot hold, control characters but TAB, LF and CR above all, become U+FFFD, or a question
/// mark in representations that have ASCII alone. Safe on any thread as long as the data set is not changed.
/// </remarks>
public static class DicomXmlWriter
{
    private const int WorthFlushing = 64 * 1024;

    /// <summary>Writes one data set as an element NativeDicomModel, where the writer stands; nothing is flushed.</summary>
    /// <exception cref="DicomDataException">The data set is nested deeper than 512, or a policy asks for what cannot be.</exception>
    public static void WriteDataset(XmlWriter writer, DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(dataset);
        foreach (var _ in new XmlDatasetEncoder(writer, options ?? DicomTextWriteOptions.Default).Write(dataset))
        {
        }
    }

    /// <summary>Writes one data set as a document. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="WriteDataset(XmlWriter, DicomDataset, DicomTextWriteOptions?)"/>.</exception>
    public static void WriteDataset(Stream stream, DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DicomTextWriteOptions.Default;
        using var writer = WriterOn(stream, options);
        WriteDataset(writer, dataset, options);
        writer.Flush();
    }

    /// <summary>As <see cref="WriteDataset(Stream, DicomDataset, DicomTextWriteOptions?)"/>, without blocking.</summary>
    public static Task WriteDatasetAsync(
        Stream stream, DicomDataset dataset, DicomTextWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        return WriteAsync();

        async Task WriteAsync()
        {
            options ??= DicomTextWriteOptions.Default;
            using var pending = new MemoryStream();
            using var writer = WriterOn(pending, options);
            foreach (var _ in new XmlDatasetEncoder(writer, options).Write(dataset))
            {
                if (pending.Length > WorthFlushing)
                    await MoveAsync(pending).ConfigureAwait(false);
            }

            writer.Flush();
            await MoveAsync(pending).ConfigureAwait(false);
        }

        async Task MoveAsync(MemoryStream pending)
        {
            await stream.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellationToken).ConfigureAwait(false);
            pending.SetLength(0);
        }
    }

    private static XmlWriter WriterOn(Stream stream, DicomTextWriteOptions options) => XmlWriter.Create(stream, new XmlWriterSettings
    {
        Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = options.IsIndented,

        // A reader turns CR LF into LF unless CR is written as a reference (XML 1.0, 2.11).
        NewLineHandling = NewLineHandling.Entitize,
        NewLineChars = "\n",
        CloseOutput = false,
    });
}
