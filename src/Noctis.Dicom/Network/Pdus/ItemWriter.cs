using System.Buffers.Binary;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>Builds the body of an associate PDU; lengths are filled in once they are known.</summary>
internal sealed class ItemWriter
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteFlag(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void WriteZeros(int count) => Reserve(count).Clear();

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void WriteText(string text) => PduText.Encode(text, Reserve(text.Length));

    public void WriteAETitle(string title) => PduText.EncodeAETitle(title, Reserve(PduText.AETitleLength));

    /// <summary>Begins an item; the return value goes to <see cref="EndCounted"/>.</summary>
    public int BeginItem(byte type)
    {
        WriteByte(type);
        WriteByte(0);
        return BeginCounted();
    }

    /// <summary>Leaves room for a two-byte length.</summary>
    public int BeginCounted()
    {
        WriteUInt16(0);
        return Length;
    }

    /// <summary>Fills in the length of what was written since the start.</summary>
    public void EndCounted(int start)
    {
        var length = Length - start;
        if (length > ushort.MaxValue)
            throw new ArgumentException($"An item of {length} bytes does not fit its two-byte length.");
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(start - 2), (ushort)length);
    }

    public void WriteTextItem(byte type, string text)
    {
        var start = BeginItem(type);
        WriteText(text);
        EndCounted(start);
    }

    public void WriteCountedText(string text)
    {
        var start = BeginCounted();
        WriteText(text);
        EndCounted(start);
    }

    public void WriteCountedBytes(ReadOnlySpan<byte> bytes)
    {
        var start = BeginCounted();
        WriteBytes(bytes);
        EndCounted(start);
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
