using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>A parser behind what its transfer syntax needs: an inflater, or nothing.</summary>
internal sealed class DatasetPump : IDisposable
{
    private readonly DicomParser _parser;
    private readonly PushInflater? _inflater;

    public DatasetPump(DicomTransferSyntax syntax, ParserOptions options, long maxInflatedBytes)
    {
        if (!syntax.IsDatasetEncoding)
            throw new DicomDataException($"{syntax} is not an encoding of data sets.");

        // Positions in a deflated data set are counted in what it inflates to, of which the end is not known.
        _parser = new DicomParser(
            ElementEncoding.Of(syntax),
            syntax.IsDeflated ? options with { Start = 0, End = null, DeferAbove = long.MaxValue } : options);
        _inflater = syntax.IsDeflated ? new PushInflater(_parser, maxInflatedBytes) : null;
    }

    public DicomDataset Root => _parser.Root;

    public bool HasStopped => _parser.HasStopped;

    public bool HasPassedStop => _parser.HasPassedStop;

    public bool HasOmittedValues => _parser.HasOmittedValues;

    /// <summary>Bytes of the source that need not be pushed.</summary>
    public long Skippable => _inflater is null ? _parser.Skippable : 0;

    public void Skip(long count) => _parser.Skip(count);

    public void Push(ReadOnlySpan<byte> chunk)
    {
        if (_inflater is null)
            _parser.Push(chunk);
        else
            _inflater.Push(chunk);
    }

    /// <summary>As <see cref="Push"/>, for bytes that never change again: values may be slices of them.</summary>
    public void PushStable(ReadOnlyMemory<byte> chunk)
    {
        if (_inflater is null)
            _parser.PushStable(chunk);
        else
            _inflater.Push(chunk.Span);
    }

    public void Finish()
    {
        if (_inflater is null)
            _parser.Finish();
        else
            _inflater.Finish();
    }

    public void Dispose() => _inflater?.Dispose();
}
