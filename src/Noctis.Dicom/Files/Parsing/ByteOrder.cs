using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>Changes the byte order of values (PS3.5 7.3).</summary>
internal static class ByteOrder
{
    /// <summary>Reverses each unit of 1, 2, 4 or 8 bytes in place. Bytes that do not fill a last unit stay as they are.</summary>
    public static void Swap(Span<byte> value, int unit)
    {
        switch (unit)
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(value);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var longs = MemoryMarshal.Cast<byte, uint>(value);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            case 8:
                var veryLongs = MemoryMarshal.Cast<byte, ulong>(value);
                BinaryPrimitives.ReverseEndianness(veryLongs, veryLongs);
                break;
        }
    }
}
