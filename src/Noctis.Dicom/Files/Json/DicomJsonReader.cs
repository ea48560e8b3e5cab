using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Json;

/// <summary>Reads data sets in the DICOM JSON model (PS3.18 annex F).</summary>
/// <remarks>
/// The data sets hold their text in UTF-8 and say so in Specific Character Set (0008,0005), whatever the document says there.
/// Deviations that are read nevertheless are in docs/tolerances.md. A value behind a BulkDataURI is a
/// <see cref="DicomBulkDataReference"/> unless the options resolve it. Safe on any thread.
/// </remarks>
public static class DicomJsonReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads one data set, an object.</summary>
    /// <param name="utf8">The text, with nothing but white space around the object.</param>
    /// <param name="options">Limits; null: <see cref="DicomTextReadOptions.Default"/>.</param>
    /// <exception cref="DicomDataException">It is not JSON, not a data set, or goes past a limit.</exception>
    public static DicomDataset ReadDataset(ReadOnlySpan<byte> utf8, DicomTextReadOptions? options = null)
    {
        var datasets = Read(utf8, options ?? DicomTextReadOptions.Default, out var isArray);
        return !isArray ? datasets[0] : throw IsAnArray();
    }

    /// <inheritdoc cref="ReadDataset(ReadOnlySpan{byte}, DicomTextReadOptions?)"/>
    public static DicomDataset ReadDataset(string json, DicomTextReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return ReadDataset(StrictUtf8.GetBytes(json), options);
        }
        catch (EncoderFallbackException e)
        {
            throw new DicomDataException("The text is not valid Unicode.", e);
        }
    }

    /// <summary>Reads one data set from where a stream stands to its end. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="ReadDataset(ReadOnlySpan{byte}, DicomTextReadOptions?)"/>.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static async Task<DicomDataset> ReadDatasetAsync(
        Stream stream, DicomTextReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DicomTextReadOptions.Default;
        var source = new JsonDatasetSource(stream, options);
        var text = await source.NextAsync(cancellationToken).ConfigureAwait(false);
        if (source.IsArray || text is null)
            throw IsAnArray();
        var dataset = ParseOne(text.Value.Span, options, source.Position);

        // What follows must be white space: the source throws for anything else.
        await source.NextAsync(cancellationToken).ConfigureAwait(false);
        return dataset;
    }

    /// <summary>Reads an array of data sets (PS3.18 F.2.1); a single object counts as an array of one.</summary>
    /// <exception cref="DicomDataException">As <see cref="ReadDataset(ReadOnlySpan{byte}, DicomTextReadOptions?)"/>.</exception>
    public static IReadOnlyList<DicomDataset> ReadDatasets(ReadOnlySpan<byte> utf8, DicomTextReadOptions? options = null) =>
        Read(utf8, options ?? DicomTextReadOptions.Default, out _);

    /// <summary>
    /// Reads an array of data sets, or a single one, each when it is asked for; limits hold for each. The stream is left open.
    /// </summary>
    /// <exception cref="DicomDataException">As <see cref="ReadDataset(ReadOnlySpan{byte}, DicomTextReadOptions?)"/>; the data sets before the fault have been given out.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static IAsyncEnumerable<DicomDataset> ReadDatasetsAsync(
        Stream stream, DicomTextReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadEachAsync(stream, options ?? DicomTextReadOptions.Default, cancellationToken);
    }

    private static async IAsyncEnumerable<DicomDataset> ReadEachAsync(
        Stream stream, DicomTextReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = new JsonDatasetSource(stream, options);
        while (await source.NextAsync(cancellationToken).ConfigureAwait(false) is { } text)
            yield return ParseOne(text.Span, options, source.Position);
    }

    private static DicomDataset ParseOne(ReadOnlySpan<byte> utf8, DicomTextReadOptions options, long start)
    {
        var reader = new Utf8JsonReader(utf8, JsonDatasetParser.ReaderOptions(options));
        try
        {
            reader.Read();
            return new JsonDatasetParser(options, start).Parse(ref reader);
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, start + reader.BytesConsumed);
        }
    }

    private static List<DicomDataset> Read(ReadOnlySpan<byte> utf8, DicomTextReadOptions options, out bool isArray)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var start = utf8.StartsWith(mark) ? mark.Length : 0;
        var reader = new Utf8JsonReader(utf8[start..], JsonDatasetParser.ReaderOptions(options));
        var datasets = new List<DicomDataset>();
        try
        {
            reader.Read();
            isArray = reader.TokenType == JsonTokenType.StartArray;
            if (isArray)
                reader.Read();
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new DicomDataException("A data set is an object (PS3.18 F.2.2).", null, start + reader.TokenStartIndex);
                var begin = reader.TokenStartIndex;
                datasets.Add(new JsonDatasetParser(options, start).Parse(ref reader));
                if (reader.BytesConsumed - begin > options.MaxDatasetLength)
                    throw new DicomDataException($"The data set is written in more than {options.MaxDatasetLength} bytes, the limit set for it.", null, begin);
                if (!isArray)
                    break;
                reader.Read();
            }

            // Nothing may follow: the reader throws when something does.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, start + reader.BytesConsumed);
        }

        return datasets;
    }

    private static DicomDataException IsAnArray() =>
        new("One data set is an object; this is an array of them (PS3.18 F.2.1).", null, 0);
}
