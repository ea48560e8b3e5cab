using System.Text;
using System.Text.Unicode;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>
/// Bytes to text with code extensions (PS3.5 6.1.2.5). Never fails: what means nothing becomes U+FFFD. Escape sequences of
/// sets that were not declared are followed too.
/// </summary>
internal ref struct Iso2022Decoder(CodeExtensions extensions, ReadOnlySpan<byte> bytes, bool splits, bool isPersonName)
{
    private const byte Escape = 0x1B;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly StringBuilder _text = new(bytes.Length);
    private readonly List<string> _values = [];
    private CodeElement _g0 = extensions.G0;
    private CodeElement? _g1 = extensions.G1;
    private CodeElement? _latestG1 = extensions.AssumedG1;
    private int _at;

    /// <summary>The values; one when backslashes do not part them.</summary>
    internal IReadOnlyList<string> Decode()
    {
        while (_at < _bytes.Length)
        {
            var b = _bytes[_at];
            if (b == Escape)
                Designate();
            else if (b < 0x20)
                Control(b);
            else if (b >= 0x80)
                RightHalf();
            else if (b is 0x20 or 0x7F)
                Append((char)b);
            else
                LeftHalf(b);
        }

        _values.Add(_text.ToString());
        return _values;
    }

    private void Designate()
    {
        var element = CodeElements.Designated(_bytes[(_at + 1)..], out var length);
        if (element is null)
        {
            Append(CodeElement.Replacement);
            return;
        }

        if (element.IsG1)
            _g1 = _latestG1 = element;
        else
            _g0 = element;
        _at += 1 + length;
    }

    /// <summary>Line, page and other control characters bring back the initial sets (PS3.5 6.1.2.5.3).</summary>
    private void Control(byte b)
    {
        Reset();
        Append((char)b);
    }

    private void RightHalf()
    {
        if ((_g1 ?? _latestG1) is { } element)
        {
            _at += element.Decode(_bytes[_at..], out var character);
            _text.Append(character);
            return;
        }

        // Nothing was declared for these bytes: as in a data set without Specific Character Set.
        var run = _bytes[_at..];
        var end = run.IndexOfAnyInRange((byte)0, (byte)0x7F);
        run = end < 0 ? run : run[..end];
        _text.Append((Utf8.IsValid(run) ? Encoding.UTF8 : Encoding.Latin1).GetString(run));
        _at += run.Length;
    }

    private void LeftHalf(byte b)
    {
        if (_g0 is DoubleByteElement && !IsLoneDelimiter(b))
        {
            _at += _g0.Decode(_bytes[_at..], out var wide);
            _text.Append(wide);
            return;
        }

        if (b == '\\' && splits)
        {
            _values.Add(_text.ToString());
            _text.Clear();
            Reset();
            _at++;
            return;
        }

        var delimits = isPersonName && b is (byte)'^' or (byte)'=';
        if (delimits || _g0 is DoubleByteElement)
        {
            Reset();
            Append((char)b);
            return;
        }

        _at += _g0.Decode(_bytes[_at..], out var character);
        _text.Append(character);
    }

    /// <summary>
    /// Whether a delimiter stands where a two-byte character should, without the other half of one: the sender forgot to
    /// switch back before it.
    /// </summary>
    private readonly bool IsLoneDelimiter(byte b)
    {
        var isDelimiter = (b == '\\' && splits) || (isPersonName && b is (byte)'^' or (byte)'=');
        return isDelimiter && (_at + 1 == _bytes.Length || _bytes[_at + 1] is < 0x21 or > 0x7E);
    }

    private void Append(char character)
    {
        _text.Append(character);
        _at++;
    }

    private void Reset()
    {
        _g0 = extensions.G0;
        _g1 = extensions.G1;
    }
}
