using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>
/// The one decoder of data sets: fed arbitrary chunks, it keeps its place between them on a stack of its own, so that
/// neither depth nor chunking can hurt. File reader, command reader and header scanner all are this with other options.
/// </summary>
/// <remarks>Not safe on several threads at once.</remarks>
internal sealed partial class DicomParser
{
    private const int FirstBuffer = 64 * 1024;

    private readonly ParserOptions _options;
    private readonly byte[] _carry = new byte[ElementHeader.MaxSize];
    private ParserFrame[] _frames = new ParserFrame[8];
    private int _frameCount;
    private int _carried;

    /// <summary>Where the header now awaited begins; while a value is awaited, where the next one will.</summary>
    private long _position;

    private int _elementCount;
    private int _depth;
    private long _held;

    // The value under way. _skip and _value exclude each other.
    private long _skip;
    private byte[]? _value;
    private int _filled;
    private ElementHeader _header;
    private long _headerPosition;
    private DicomVR _vr = DicomVR.UN;

    private bool _keepsNothing;
    private bool _inPadding;

    public DicomParser(ElementEncoding encoding, ParserOptions options)
    {
        _options = options;
        _position = options.Start;
        Root.FallbackCharacterSet = options.FallbackCharacterSet;
        Open(new ParserFrame
        {
            Kind = FrameKind.Root,
            Encoding = encoding,
            End = options.End ?? -1,
            Limit = options.End ?? long.MaxValue,
            Start = options.Start,
            Dataset = Root,
        });
    }

    /// <summary>What was kept. Whole once <see cref="HasStopped"/> or after <see cref="Finish"/>.</summary>
    public DicomDataset Root { get; } = new();

    /// <summary>Whether the stop tag was met: what follows is not looked at.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Whether all that is to be kept has been; with <see cref="ParserOptions.ScanToEnd"/> more must be pushed nevertheless.</summary>
    public bool HasPassedStop => HasStopped || _keepsNothing;

    /// <summary>Whether a value was left out for its length.</summary>
    public bool HasOmittedValues { get; private set; }

    /// <summary>Bytes that may be passed over instead of pushed, as a seek does it.</summary>
    public long Skippable => _skip;

    /// <summary>Takes note that this many of the <see cref="Skippable"/> bytes were passed over.</summary>
    public void Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _skip);
        _skip -= count;
    }

    /// <summary>Takes the next bytes. Values are copied out of them.</summary>
    public void Push(ReadOnlySpan<byte> chunk) => Push(chunk, default);

    /// <summary>Takes the next bytes, which must never change again: values that lie in them are kept as slices.</summary>
    public void PushStable(ReadOnlyMemory<byte> chunk) => Push(chunk.Span, chunk);

    /// <summary>Says that there are no more bytes.</summary>
    /// <exception cref="DicomDataException">The data set is not whole.</exception>
    public void Finish()
    {
        if (!HasStopped)
        {
            if (_skip > 0 || _value is not null)
                throw CutShort();
            CloseEndedFrames();
            if (_carried > 0 && !(IsAtRoot && _elementCount > 0 && IsZero(_carry.AsSpan(0, _carried))))
                throw Fault($"The data ends {_carried} bytes into an element header.", null, _position);
            if (!IsAtRoot)
                throw Unclosed();
        }

        if (!_keepsNothing)
            ResolveAmbiguous();
    }

    private bool IsAtRoot => _frameCount == 1;

    private void Push(ReadOnlySpan<byte> input, ReadOnlyMemory<byte> stable)
    {
        var at = 0;
        while (!HasStopped)
        {
            if (_inPadding)
            {
                CheckPadding(input[at..]);
                return;
            }

            if (_skip > 0)
            {
                var passed = (int)Math.Min(_skip, input.Length - at);
                _skip -= passed;
                at += passed;
                if (_skip > 0)
                    return;
            }
            else if (_value is not null && !Fill(input, ref at))
            {
                return;
            }

            CloseEndedFrames();
            if (at == input.Length && _carried == 0)
                return;
            if (!TryTakeHeader(input, ref at))
                return;
            if (HasStopped || _inPadding)
                continue;
            OnHeader(input, stable, ref at);
        }
    }

    /// <summary>Takes a header from the input, or from what was carried over with the first bytes of the input.</summary>
    private bool TryTakeHeader(ReadOnlySpan<byte> input, ref int at)
    {
        CheckRoom();
        if (_carried == 0)
        {
            var rest = input[at..];
            if (StopsAt(rest) || StartsPadding(rest))
                return true;
            if (ElementHeader.TryRead(rest, Top.Encoding, out _header, out _))
            {
                at += _header.Size;
                AdvanceHeader();
                return true;
            }
        }

        var needed = _carried < 4 ? 4 : _carried < 8 ? 8 : ElementHeader.MaxSize;
        while (true)
        {
            var taken = Math.Min(needed - _carried, input.Length - at);
            input.Slice(at, taken).CopyTo(_carry.AsSpan(_carried));
            _carried += taken;
            at += taken;
            if (_carried < needed)
                return false;
            var carried = _carry.AsSpan(0, _carried);
            if (StopsAt(carried))
                return true;
            if (StartsPadding(carried))
            {
                CheckPadding(carried);
                return true;
            }

            if (ElementHeader.TryRead(carried, Top.Encoding, out _header, out needed))
            {
                _carried = 0;
                AdvanceHeader();
                return true;
            }
        }
    }

    private void AdvanceHeader()
    {
        _headerPosition = _position;
        _position += _header.Size;
        if (_position > Top.Limit)
            throw Fault($"Only {Top.Limit - _headerPosition} bytes are left where an element header should stand.", _header.Tag, _headerPosition);
    }

    private bool StopsAt(ReadOnlySpan<byte> bytes)
    {
        if (_options.StopBefore is not { } stop || !IsAtRoot || _keepsNothing || bytes.Length < 4)
            return false;
        var tag = Top.Encoding.ReadTag(bytes);
        if (tag < stop || tag.Group == ElementHeader.ItemGroup)
            return false;
        ResolveAmbiguous();
        _keepsNothing = _options.ScanToEnd;
        HasStopped = !_keepsNothing;
        return HasStopped;
    }

    /// <summary>Zeros after the last element: some writers fill files up to a block size. Tolerated to the end of the data.</summary>
    private bool StartsPadding(ReadOnlySpan<byte> bytes)
    {
        if (IsAtRoot && _elementCount > 0 && bytes.Length >= 4 && IsZero(bytes[..4]))
            _inPadding = true;
        return _inPadding;
    }

    private void CheckPadding(ReadOnlySpan<byte> bytes)
    {
        if (!IsZero(bytes))
            throw Fault("Zeros follow the last element, and then other bytes.", null, _position);
        _carried = 0;
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    /// <summary>Refuses a level that has no room for another header but is not at its end.</summary>
    private void CheckRoom()
    {
        ref var top = ref Top;
        var room = top.Limit - _position;
        if (room >= 8 || top.Kind == FrameKind.Root)
            return;
        throw room == 0
            ? Unclosed()
            : Fault($"Only {room} bytes are left where an element header should stand.", top.Tag, _position);
    }

    /// <summary>Copies what has come of a value. True once the value is whole and handed on.</summary>
    private bool Fill(ReadOnlySpan<byte> input, ref int at)
    {
        var length = (int)_header.Length;
        var taken = Math.Min(length - _filled, input.Length - at);
        if (_filled + taken > _value!.Length)
            Array.Resize(ref _value, (int)Math.Min(length, Math.Max(2L * _value.Length, _filled + taken)));
        input.Slice(at, taken).CopyTo(_value.AsSpan(_filled));
        _filled += taken;
        at += taken;
        if (_filled < length)
            return false;
        var value = _value;
        _value = null;
        OnValue(value, owned: true);
        return true;
    }

    /// <summary>Begins a value of the current header: taken from the input at once when it is all there.</summary>
    private void BeginValue(ReadOnlySpan<byte> input, ReadOnlyMemory<byte> stable, ref int at)
    {
        var length = (int)_header.Length;
        if (length <= input.Length - at)
        {
            if (stable.IsEmpty)
                OnValue(length == 0 ? ReadOnlyMemory<byte>.Empty : input.Slice(at, length).ToArray(), owned: true);
            else
                OnValue(stable.Slice(at, length), owned: false);
            at += length;
            return;
        }

        // Where the end is known the length was checked against it; elsewhere memory follows the bytes that really come.
        _value = new byte[_options.End is null ? Math.Min(length, FirstBuffer) : length];
        _filled = 0;
    }

    private ref ParserFrame Top => ref _frames[_frameCount - 1];

    private void Open(in ParserFrame frame)
    {
        if (_frameCount == _frames.Length)
            Array.Resize(ref _frames, _frames.Length * 2);
        _frames[_frameCount++] = frame;
    }

    private void Close()
    {
        if (Top.Kind == FrameKind.Sequence)
            _depth--;
        else if (Top.Kind == FrameKind.Fragments)
            OnFragmentsEnd();
        _frames[--_frameCount] = default;
    }

    private void CloseEndedFrames()
    {
        while (_frameCount > 1 && Top.End == _position)
            Close();
    }

    private DicomDataException CutShort() => Fault(
        _value is not null
            ? $"The value is {_header.Length} bytes long, and the data ends after {_filled} of them."
            : $"The value is {_header.Length} bytes long, and the data ends {_skip} bytes short of it.",
        _header.Tag,
        _headerPosition);

    private DicomDataException Unclosed()
    {
        ref var top = ref Top;
        var what = top.Kind switch
        {
            FrameKind.Item => "The item",
            FrameKind.Sequence => "The sequence",
            _ => "The encapsulated value",
        };
        return Fault(
            top.End < 0 ? $"{what} that begins here is never closed: its delimiter is missing." : $"{what} that begins here is cut short.",
            top.Tag,
            top.Start);
    }

    private static DicomDataException Fault(string message, DicomTag? tag, long position) => new(message, tag, position);
}
