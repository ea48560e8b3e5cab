using System.Buffers;
using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Json;

/// <summary>
/// Cuts a stream into the data sets that are in it, one object or an array of them, and holds no more than one at a time.
/// </summary>
internal sealed class JsonDatasetSource(Stream stream, DicomTextReadOptions options)
{
    private const int FirstBuffer = 16 * 1024;

    private const int NothingYet = -1;

    private const int MaxTokenLength = 4096;

    private static readonly SearchValues<byte> BetweenTokens = SearchValues.Create(" \t\r\n,:"u8);

    private byte[] _buffer = new byte[FirstBuffer];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = int.MaxValue });

    /// <summary>The buffer holds the stream's bytes from here on.</summary>
    private long _offset;

    /// <summary>Bytes in the buffer.</summary>
    private int _end;

    /// <summary>Bytes of the buffer that the scanner has taken.</summary>
    private int _scanned;

    /// <summary>Where the data set under way begins in the buffer.</summary>
    private int _begin = NothingYet;

    private bool _isAtEnd;
    private bool _hasBegun;

    /// <summary>Whether the data sets are in an array; known once there was one, or none.</summary>
    public bool IsArray { get; private set; }

    /// <summary>Where the last data set began, in bytes from the start of the input.</summary>
    public long Position { get; private set; }

    /// <summary>The next data set as text, until the next call; null when there are no more.</summary>
    /// <exception cref="DicomDataException">The stream is not JSON, holds something else than data sets, or goes past a limit.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryScan(out var dataset))
                return dataset;
            if (_isAtEnd)
                return null;
            Compact();

            // A string that is not whole is looked at again only once it has ended: else one byte at a time would cost the
            // square of its length. Anything else that long is no token of JSON.
            int fresh;
            do
            {
                fresh = _end;
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
            while (!_isAtEnd && IsInString() && !HasClosingQuote(fresh));
            if (!IsInString() && TokenStart() is >= 0 and var token && fresh - token > MaxTokenLength)
                throw new DicomDataException("A number is longer than any can be.", null, _offset + _scanned);
        }
    }

    private bool IsInString() => TokenStart() is >= 0 and var token && _buffer[token] == (byte)'"';

    /// <summary>Where the token under way begins; the reader may have left the comma before it. -1: nowhere yet.</summary>
    private int TokenStart()
    {
        var first = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAnyExcept(BetweenTokens);
        return first < 0 ? -1 : _scanned + first;
    }

    private bool HasClosingQuote(int from)
    {
        var quote = from;
        while (quote < _end)
        {
            var next = _buffer.AsSpan(quote, _end - quote).IndexOf((byte)'"');
            if (next < 0)
                return false;
            quote += next;
            var before = quote;
            while (before > _scanned && _buffer[before - 1] == (byte)'\\')
                before--;
            if ((quote - before) % 2 == 0)
                return true;
            quote++;
        }

        return false;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            // Room for the greatest data set and for what stands around it; beyond that TryScan has complained already.
            if (_end > options.MaxDatasetLength)
                throw TooLong();
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, _buffer.Length * 2L));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _isAtEnd = read == 0;
        _end += read;
    }

    /// <summary>Takes what has come. True: a data set is whole.</summary>
    private bool TryScan(out ReadOnlyMemory<byte>? dataset)
    {
        dataset = null;
        if (!_hasBegun && !SkipByteOrderMark())
            return false;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_scanned, _end - _scanned), _isAtEnd, _state);
        try
        {
            while (reader.Read())
            {
                if (Take(ref reader))
                {
                    _scanned += (int)reader.BytesConsumed;
                    _state = reader.CurrentState;
                    dataset = _buffer.AsMemory(_begin, _scanned - _begin);
                    Position = _offset + _begin;
                    _begin = NothingYet;
                    return true;
                }
            }
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, _offset + _scanned + reader.BytesConsumed);
        }

        _scanned += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return false;
    }

    /// <summary>Takes a token; true for the one that ends a data set.</summary>
    private bool Take(ref Utf8JsonReader reader)
    {
        var at = _scanned + (int)reader.TokenStartIndex;
        if (!_hasBegun)
        {
            _hasBegun = true;
            IsArray = reader.TokenType == JsonTokenType.StartArray;
            if (IsArray)
                return false;
        }

        var depth = IsArray ? 1 : 0;
        if (reader.CurrentDepth > depth + JsonDatasetEncoder.LevelsFor(options.MaxDepth) + 8)
            throw new DicomDataException(TextLimits.TooDeep(options), null, _offset + at);
        if (_begin == NothingYet)
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return false;
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new DicomDataException("A data set is an object (PS3.18 F.2.2).", null, _offset + at);
            _begin = at;
        }

        if (at - _begin >= options.MaxDatasetLength)
            throw TooLong();
        return reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth;
    }

    /// <summary>Drops what is no longer needed; what is left begins the buffer.</summary>
    private void Compact()
    {
        var keep = _begin == NothingYet ? _scanned : _begin;
        if (keep == 0)
            return;
        _buffer.AsSpan(keep, _end - keep).CopyTo(_buffer);
        _offset += keep;
        _end -= keep;
        _scanned -= keep;
        if (_begin != NothingYet)
            _begin = 0;
    }

    /// <summary>RFC 8259 8.1 lets a reader pass over the mark. False: more bytes are needed to tell.</summary>
    private bool SkipByteOrderMark()
    {
        if (_scanned > 0 || _end == 0)
            return _scanned > 0 || _isAtEnd;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var begin = _buffer.AsSpan(0, Math.Min(_end, mark.Length));
        if (!mark.StartsWith(begin))
            return true;
        if (begin.Length < mark.Length)
            return _isAtEnd;
        _scanned = mark.Length;
        return true;
    }

    private DicomDataException TooLong() =>
        new($"The data set is written in more than {options.MaxDatasetLength} bytes, the limit set for it.", null, _offset + Math.Max(_begin, 0));
}
