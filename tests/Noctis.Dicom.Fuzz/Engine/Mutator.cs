using System.Buffers.Binary;

namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>Changes inputs: bits, numbers, ranges, known pieces, and parts of other inputs. Not thread safe.</summary>
public sealed class Mutator(FuzzRandom random, int maxLength, IReadOnlyList<byte[]> tokens)
{
    private static readonly byte[] Bytes = [0x00, 0x01, 0x02, 0x03, 0x04, 0x07, 0x1B, 0x20, 0x5C, 0x5E, 0x7F, 0x80, 0xE0, 0xFE, 0xFF];

    private static readonly uint[] Numbers =
    [
        0, 1, 2, 3, 4, 6, 8, 0x10, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFF8, 0x7FFFFFFF, 0x80000000,
        0xFFFFFFF0, 0xFFFFFFFE, 0xFFFFFFFF,
    ];

    private readonly byte[] _bytes = new byte[maxLength];
    private int _length;

    /// <summary>A changed input; valid until the next is made.</summary>
    public Memory<byte> Current => _bytes.AsMemory(0, _length);

    /// <summary>Takes an input as it is.</summary>
    public void Load(ReadOnlySpan<byte> input)
    {
        _length = Math.Min(input.Length, maxLength);
        input[.._length].CopyTo(_bytes);
    }

    /// <summary>Changes the present input once or a few times.</summary>
    /// <param name="other">Another input, to take parts from.</param>
    public void Mutate(ReadOnlySpan<byte> other)
    {
        do
            MutateOnce(other);
        while (random.Below(3) > 0);
    }

    private void MutateOnce(ReadOnlySpan<byte> other)
    {
        if (_length == 0)
        {
            Insert(0, random.Bytes(random.Between(1, 16)));
            return;
        }

        var at = random.Below(_length);
        var where = random.OneIn(4) ? _length : at;
        switch (random.Below(14))
        {
            case 0:
                _bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                _bytes[at] = random.Of(Bytes);
                break;
            case 2:
                _bytes[at] = random.NextByte();
                break;
            case 3:
                _bytes[at] += (byte)random.Between(-8, 8);
                break;
            case 4 or 5:
                SetNumber(at, random.Of(Numbers));
                break;
            case 6:
                SetNumber(at, (uint)(_length - at + random.Between(-16, 16)));
                break;
            case 7:
                Delete(at, random.Between(1, Math.Min(_length - at, 1 << random.Below(9))));
                break;
            case 8:
                Insert(where, random.Bytes(random.Between(1, 8)));
                break;
            case 9:
                // A range again, at its own place or another.
                var count = random.Between(1, Math.Min(_length - at, 1 << random.Below(9)));
                Insert(random.OneIn(2) ? where : random.Below(_length), _bytes.AsSpan(at, count).ToArray());
                break;
            case 10 or 11 when tokens.Count > 0:
                var token = random.Of(tokens);
                if (random.OneIn(2))
                    Insert(where, token);
                else
                    token.AsSpan(0, Math.Min(token.Length, _length - at)).CopyTo(_bytes.AsSpan(at));
                break;
            case 12 when other.Length > 0:
                var from = random.Below(other.Length);
                Insert(where, other.Slice(from, random.Between(1, Math.Min(other.Length - from, 256))));
                break;
            default:
                _length = random.OneIn(4) ? at : _length;
                break;
        }
    }

    private void SetNumber(int at, uint number)
    {
        Span<byte> encoded = stackalloc byte[4];
        var isShort = random.OneIn(2);
        var isBig = random.OneIn(2);
        if (isShort && isBig)
            BinaryPrimitives.WriteUInt16BigEndian(encoded, (ushort)number);
        else if (isShort)
            BinaryPrimitives.WriteUInt16LittleEndian(encoded, (ushort)number);
        else if (isBig)
            BinaryPrimitives.WriteUInt32BigEndian(encoded, number);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(encoded, number);
        encoded[..Math.Min(isShort ? 2 : 4, _length - at)].CopyTo(_bytes.AsSpan(at));
    }

    private void Insert(int at, ReadOnlySpan<byte> piece)
    {
        var count = Math.Min(piece.Length, maxLength - _length);
        _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + count));
        piece[..count].CopyTo(_bytes.AsSpan(at));
        _length += count;
    }

    private void Delete(int at, int count)
    {
        _bytes.AsSpan(at + count, _length - at - count).CopyTo(_bytes.AsSpan(at));
        _length -= count;
    }
}
