using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files;

/// <summary>Reads data sets without a file around them: DIMSE command and data sets, parts of files.</summary>
/// <remarks>Safe on any thread.</remarks>
public static class DicomReader
{
    /// <summary>Reads a data set that is in memory. Its values are slices of the memory, which must not change afterwards.</summary>
    /// <exception cref="DicomDataException">The data set is not valid, not whole, or goes past a limit.</exception>
    public static DicomDataset ReadDataset(
        ReadOnlyMemory<byte> data, DicomTransferSyntax transferSyntax, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transferSyntax);
        options ??= DicomReadOptions.Default;
        using var pump = new DatasetPump(transferSyntax, options.ToParserOptions(0, data.Length, null), options.MaxInflatedBytes);
        pump.PushStable(data);
        pump.Finish();
        return pump.Root;
    }

    /// <summary>Reads a data set from where a stream stands to its end, or to the stop tag of the options.</summary>
    /// <exception cref="DicomDataException">The data set is not valid, not whole, or goes past a limit.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static DicomDataset ReadDataset(Stream stream, DicomTransferSyntax transferSyntax, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        options ??= DicomReadOptions.Default;
        var source = new StreamSource(stream);
        using var pump = new DatasetPump(transferSyntax, options.ToParserOptions(0, source.Length, null), options.MaxInflatedBytes);
        source.PumpTo(pump);
        return pump.Root;
    }

    /// <summary>As <see cref="ReadDataset(Stream, DicomTransferSyntax, DicomReadOptions?)"/>, without blocking.</summary>
    public static async Task<DicomDataset> ReadDatasetAsync(
        Stream stream,
        DicomTransferSyntax transferSyntax,
        DicomReadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        options ??= DicomReadOptions.Default;
        var source = new StreamSource(stream);
        using var pump = new DatasetPump(transferSyntax, options.ToParserOptions(0, source.Length, null), options.MaxInflatedBytes);
        await source.PumpToAsync(pump, cancellationToken).ConfigureAwait(false);
        return pump.Root;
    }
}
