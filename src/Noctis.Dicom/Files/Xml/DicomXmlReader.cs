using System.Xml;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>Reads data sets in the Native DICOM Model (PS3.19 A.1), with the namespace of its schema or without.</summary>
/// <remarks>
/// Document types are refused and nothing is fetched. The data sets hold their text in UTF-8 and say so in Specific Character
/// Set (0008,0005), whatever the document says there; each private creator gets a block of its own. Deviations that are read
/// nevertheless are in docs/tolerances.md. A value behind a URI is a <see cref="DicomBulkDataReference"/> unless the options
/// resolve it. Safe on any thread.
/// </remarks>
public static class DicomXmlReader
{
    private const int ChunkSize = 4096;

    /// <summary>Reads a document from a string.</summary>
    /// <exception cref="DicomDataException">It is not XML, not a data set, or goes past a limit.</exception>
    public static DicomDataset ReadDataset(string xml, DicomTextReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        options ??= DicomTextReadOptions.Default;
        try
        {
            using var text = new StringReader(xml);
            using var reader = XmlReader.Create(text, SettingsOf(options, isAsync: false));
            return Read(reader, options);
        }
        catch (XmlException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>Reads a document from where a stream stands to its end. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="ReadDataset(string, DicomTextReadOptions?)"/>.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static DicomDataset ReadDataset(Stream stream, DicomTextReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DicomTextReadOptions.Default;
        try
        {
            using var reader = XmlReader.Create(stream, SettingsOf(options, isAsync: false));
            return Read(reader, options);
        }
        catch (XmlException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>As <see cref="ReadDataset(Stream, DicomTextReadOptions?)"/>, without blocking.</summary>
    public static Task<DicomDataset> ReadDatasetAsync(
        Stream stream, DicomTextReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadAsync(stream, options ?? DicomTextReadOptions.Default, cancellationToken);
    }

    private static DicomDataset Read(XmlReader reader, DicomTextReadOptions options)
    {
        var parser = new XmlDatasetParser(options);
        var chunk = new char[ChunkSize];
        while (Move(reader))
        {
            if (!IsText(reader.NodeType))
            {
                parser.Take(reader);
                continue;
            }

            while (reader.ReadValueChunk(chunk, 0, ChunkSize) is > 0 and var count)
                parser.TakeText(chunk.AsSpan(0, count), reader);
        }

        return parser.Result;
    }

    private static async Task<DicomDataset> ReadAsync(Stream stream, DicomTextReadOptions options, CancellationToken cancellationToken)
    {
        var parser = new XmlDatasetParser(options);
        var chunk = new char[ChunkSize];
        try
        {
            using var reader = XmlReader.Create(stream, SettingsOf(options, isAsync: true));
            while (await MoveAsync(reader).ConfigureAwait(false))
            {
                // XmlReader knows no cancellation; between two nodes is often enough.
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsText(reader.NodeType))
                {
                    parser.Take(reader);
                    continue;
                }

                while (await reader.ReadValueChunkAsync(chunk, 0, ChunkSize).ConfigureAwait(false) is > 0 and var count)
                    parser.TakeText(chunk.AsSpan(0, count), reader);
            }
        }
        catch (XmlException e)
        {
            throw Fault(e);
        }

        return parser.Result;
    }

    private static bool Move(XmlReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (ArgumentException e)
        {
            throw Fault(e);
        }
    }

    private static async Task<bool> MoveAsync(XmlReader reader)
    {
        try
        {
            return await reader.ReadAsync().ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>XmlReader of .NET 10 miscounts where an XML declaration has bytes that are none of its encoding.</summary>
    private static XmlException Fault(ArgumentException e) => new("The XML declaration cannot be read.", e);

    private static bool IsText(XmlNodeType type) =>
        type is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    private static XmlReaderSettings SettingsOf(DicomTextReadOptions options, bool isAsync) => new()
    {
        Async = isAsync,
        CloseInput = false,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = options.MaxDatasetLength,
    };

    /// <summary>The reader's own message may quote what it found, which can be a patient's; it stays with the cause.</summary>
    private static DicomDataException Fault(XmlException e) => new(
        FormattableString.Invariant(
            $"The text is not XML that is read here: not well-formed, not whole, too long, or with a document type (line {e.LineNumber}, position {e.LinePosition})."),
        e);
}
