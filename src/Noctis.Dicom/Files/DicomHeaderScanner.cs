using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files;

/// <summary>
/// Picks the header out of a data set that passes by in pieces of any size, in bounded memory: what is not wanted is
/// counted over, not kept. For every transfer syntax, and for senders that are not to be trusted.
/// </summary>
/// <remarks>
/// Trusts the transfer syntax that was negotiated. Not safe on several threads at once. After an exception it is of no
/// further use.
/// </remarks>
public sealed class DicomHeaderScanner : IDisposable
{
    private readonly DatasetPump _pump;
    private bool _isFinished;

    /// <summary>Makes a scanner for one data set.</summary>
    /// <exception cref="DicomDataException">The transfer syntax is none that data sets are encoded in.</exception>
    public DicomHeaderScanner(DicomTransferSyntax transferSyntax, DicomHeaderScannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transferSyntax);
        options ??= DicomHeaderScannerOptions.Default;
        var parserOptions = new ParserOptions
        {
            Limits = new ParserLimits(options.MaxDepth, options.MaxElementCount, Array.MaxLength, options.MaxHeldBytes),
            FallbackCharacterSet = options.FallbackCharacterSet,
            StopBefore = options.StopBefore,
            ScanToEnd = options.CheckToEnd,
            Keep = Filter(options.IsWanted),
            OmitAbove = options.MaxValueLength,
        };
        _pump = new DatasetPump(transferSyntax, parserOptions, options.MaxInflatedBytes);
    }

    /// <summary>What has been kept so far; all of the header once <see cref="IsComplete"/>.</summary>
    public DicomDataset Header => _pump.Root;

    /// <summary>Whether nothing that follows can change <see cref="Header"/>: the stop tag was met, or <see cref="Finish"/> called.</summary>
    public bool IsComplete => _isFinished || _pump.HasPassedStop;

    /// <summary>Whether a wanted value was left out because it was longer than <see cref="DicomHeaderScannerOptions.MaxValueLength"/>.</summary>
    public bool HasOmittedValues => _pump.HasOmittedValues;

    /// <summary>Takes the next bytes of the data set; they may be reused afterwards.</summary>
    /// <exception cref="DicomDataException">The data set can never be valid, or goes past a limit.</exception>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        if (_isFinished)
            throw new InvalidOperationException("The data set was said to be finished.");
        _pump.Push(bytes);
    }

    /// <summary>
    /// Says that the data set has ended. Where the stop tag was met, what came after it is not judged, unless
    /// <see cref="DicomHeaderScannerOptions.CheckToEnd"/> asked for that.
    /// </summary>
    /// <exception cref="DicomDataException">The data set is cut short.</exception>
    public void Finish()
    {
        if (_isFinished)
            return;
        _pump.Finish();
        _isFinished = true;
    }

    /// <summary>Releases the inflater of a deflated data set; <see cref="Header"/> stays.</summary>
    public void Dispose() => _pump.Dispose();

    private static Func<DicomTag, bool, bool> Filter(Func<DicomTag, bool>? isWanted) => isWanted is null
        ? static (_, isSequence) => !isSequence
        : (tag, _) => tag == DicomTag.SpecificCharacterSet || tag == DicomTag.PixelRepresentation || isWanted(tag);
}
