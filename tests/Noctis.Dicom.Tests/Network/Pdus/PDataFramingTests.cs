using System.Buffers;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

public class PDataFramingTests
{
    [Theory]
    [InlineData(8u, 2)]
    [InlineData(9u, 2)] // fragments are even
    [InlineData(16384u, 16378)]
    [InlineData(16383u, 16376)]
    [InlineData(0u, PDataFraming.DefaultCeiling - 6)] // no limit: ours
    [InlineData(uint.MaxValue, PDataFraming.DefaultCeiling - 6)]
    public void MaxFragmentLength_UnderThePeersMaximum_IsEvenAndLeavesRoomForTheHeader(uint peer, int expected) =>
        Assert.Equal(expected, new PDataFraming(peer).MaxFragmentLength);

    [Theory]
    [InlineData(1u)]
    [InlineData(7u)]
    public void Framing_MaximumThatNothingFitsInto_Throws(uint peer) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PDataFraming(peer));

    [Fact]
    public void Write_MoreThanAFragment_WritesTheGoldenBytes()
    {
        var bytes = Write(new PDataFraming(10), isLast: true, "COMMAND_"u8);

        Assert.Equal(
            WireBytes.Parse("""
                04 00 0000000A          // P-DATA-TF, 10 bytes
                00000006 03 01 'COMM'   // context 3, command, not last
                04 00 0000000A          // P-DATA-TF, 10 bytes
                00000006 03 03 'AND_'   // context 3, command, last
                """),
            bytes);
    }

    [Fact]
    public void Write_NotTheEnd_LeavesTheLastBitClear()
    {
        var bytes = Write(new PDataFraming(16), isLast: false, "COMMAND_"u8);

        Assert.Equal(WireBytes.Parse("04 00 0000000E 0000000A 03 01 'COMMAND_'"), bytes);
    }

    [Fact]
    public void Write_NoBytes_WritesAnEmptyFragmentOnlyAtTheEnd()
    {
        Assert.Equal(WireBytes.Parse("04 00 00000006 00000002 03 03"), Write(new PDataFraming(16), isLast: true, []));
        Assert.Empty(Write(new PDataFraming(16), isLast: false, []));
    }

    [Fact]
    public void Write_EvenContextId_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PDataFraming(16).Write(new ArrayBufferWriter<byte>(), 2, true, true, "AB"u8));

    [Fact]
    public void Write_DefaultFraming_Throws() =>
        Assert.Throws<InvalidOperationException>(() => default(PDataFraming).Write(new ArrayBufferWriter<byte>(), 1, true, true, "AB"u8));

    [Fact]
    public void WriteHeader_BeforeAFragment_WritesTwelveBytes()
    {
        var header = new byte[PDataFraming.HeaderLength];

        PDataFraming.WriteHeader(header, 255, isCommand: false, isLast: true, fragmentLength: 0x01020304);

        Assert.Equal(WireBytes.Parse("04 00 0102030A 01020306 FF 02"), header);
    }

    private static byte[] Write(PDataFraming framing, bool isLast, ReadOnlySpan<byte> data)
    {
        var output = new ArrayBufferWriter<byte>();
        framing.Write(output, 3, isCommand: true, isLast, data);
        return output.WrittenSpan.ToArray();
    }
}
