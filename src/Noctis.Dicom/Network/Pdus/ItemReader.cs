using System.Buffers.Binary;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>Walks bytes of known length; whatever reaches beyond their end is never valid. Takes no memory.</summary>
internal ref struct ItemReader(ReadOnlyMemory<byte> bytes, string owner)
{
    private ReadOnlyMemory<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte ReadByte() => Take(1).Span[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span);

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4).Span);

    public void Skip(int length) => Take(length);

    public ReadOnlyMemory<byte> ReadRest() => Take(_rest.Length);

    /// <summary>A two-byte length and as many bytes.</summary>
    public ReadOnlyMemory<byte> ReadCounted() => Take(ReadUInt16());

    /// <summary>Item type, a byte that is reserved or a version, item length (2 bytes), value.</summary>
    public byte ReadItem(out ReadOnlyMemory<byte> value)
    {
        var type = ReadByte();
        Skip(1);
        value = ReadCounted();
        return type;
    }

    public ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw new PduException(AbortReason.InvalidPduParameterValue, $"{owner}: {length} bytes are announced where {_rest.Length} are left.");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
