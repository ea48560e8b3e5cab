using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Json;

/// <summary>Writes data sets in the DICOM JSON model (PS3.18 annex F), media type application/dicom+json.</summary>
/// <remarks>
/// Text is decoded and written as UTF-8, and Specific Character Set (0008,0005) says ISO_IR 192 then, whatever the data set
/// was in. IS and DS are numbers with the digits they have; where they are none, and for SV and UV beyond 53 bits, strings
/// (PS3.18 F.2.3). Group lengths are left out. Safe on any thread as long as the data set is not changed.
/// </remarks>
public static class DicomJsonWriter
{
    // Characters that mean something to HTML are escaped, others are left legible.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes one data set as an object, where the writer stands; nothing is flushed.</summary>
    /// <param name="writer">Its depth must allow three levels for each sequence within another.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="options">How; null: <see cref="DicomTextWriteOptions.Default"/>.</param>
    /// <exception cref="DicomDataException">The data set is nested deeper than 512, or a policy asks for what cannot be.</exception>
    public static void WriteDataset(Utf8JsonWriter writer, DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(dataset);
        foreach (var _ in new JsonDatasetEncoder(writer, options ?? DicomTextWriteOptions.Default).Write(dataset))
        {
        }
    }

    /// <summary>Writes one data set as an object. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="WriteDataset(Utf8JsonWriter, DicomDataset, DicomTextWriteOptions?)"/>.</exception>
    public static void WriteDataset(Stream stream, DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DicomTextWriteOptions.Default;
        using var writer = WriterOn(stream, options);
        foreach (var _ in new JsonDatasetEncoder(writer, options).Write(dataset))
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
            var writer = WriterOn(stream, options);
            await using var _ = writer.ConfigureAwait(false);
            await WriteOneAsync(writer, dataset, options, cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes an array of data sets (PS3.18 F.2.1), each as it comes: what is ready has gone to the stream before the next
    /// one is asked for. The stream is left open.
    /// </summary>
    /// <exception cref="DicomDataException">As <see cref="WriteDataset(Utf8JsonWriter, DicomDataset, DicomTextWriteOptions?)"/>; the array is then not whole.</exception>
    public static Task WriteDatasetsAsync(
        Stream stream,
        IAsyncEnumerable<DicomDataset> datasets,
        DicomTextWriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(datasets);
        return WriteAsync();

        async Task WriteAsync()
        {
            options ??= DicomTextWriteOptions.Default;
            var writer = WriterOn(stream, options);
            await using var _ = writer.ConfigureAwait(false);
            writer.WriteStartArray();
            await foreach (var dataset in datasets.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await WriteOneAsync(writer, dataset, options, cancellationToken).ConfigureAwait(false);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            writer.WriteEndArray();
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>As the other one, for data sets that are at hand.</summary>
    public static Task WriteDatasetsAsync(
        Stream stream,
        IEnumerable<DicomDataset> datasets,
        DicomTextWriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        return WriteDatasetsAsync(stream, Each(datasets, cancellationToken), options, cancellationToken);

#pragma warning disable CS1998 // Nothing to wait for: the data sets are there.
        static async IAsyncEnumerable<DicomDataset> Each(
            IEnumerable<DicomDataset> datasets, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var dataset in datasets)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return dataset;
            }
        }
#pragma warning restore CS1998
    }

    private static Utf8JsonWriter WriterOn(Stream stream, DicomTextWriteOptions options) => new(stream, new JsonWriterOptions
    {
        Encoder = Encoder,
        Indented = options.IsIndented,
        MaxDepth = JsonDatasetEncoder.LevelsFor(TextLimits.MaxWrittenDepth),
    });

    private static async Task WriteOneAsync(
        Utf8JsonWriter writer, DicomDataset dataset, DicomTextWriteOptions options, CancellationToken cancellationToken)
    {
        foreach (var _ in new JsonDatasetEncoder(writer, options).Write(dataset))
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
