using System.Buffers;

namespace Noctis.Dicom.Files.Writing;

/// <summary>Gathers encoded elements on their way to a stream. Long values are referred to, not copied.</summary>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    /// <summary>Flush when this much has gathered.</summary>
    public const int FlushAt = 64 * 1024;

    private const int LongValue = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(FlushAt);
    private readonly List<(int At, ReadOnlyMemory<byte> Value)> _references = [];
    private long _referred;

    public bool IsFull => _bytes.WrittenCount + _referred >= FlushAt;

    public void Advance(int count) => _bytes.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.GetSpan(sizeHint);

    /// <summary>Takes a value that stays unchanged until the next flush.</summary>
    public void WriteOrRefer(ReadOnlyMemory<byte> value)
    {
        if (value.Length < LongValue)
        {
            _bytes.Write(value.Span);
            return;
        }

        _references.Add((_bytes.WrittenCount, value));
        _referred += value.Length;
    }

    public void Flush(Stream stream)
    {
        foreach (var piece in Pieces())
            stream.Write(piece.Span);
        Reset();
    }

    public async ValueTask FlushAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var piece in Pieces())
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        Reset();
    }

    private IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        var at = 0;
        foreach (var (place, value) in _references)
        {
            if (place > at)
                yield return _bytes.WrittenMemory[at..place];
            yield return value;
            at = place;
        }

        if (_bytes.WrittenCount > at)
            yield return _bytes.WrittenMemory[at..];
    }

    private void Reset()
    {
        _bytes.ResetWrittenCount();
        _references.Clear();
        _referred = 0;
    }
}
