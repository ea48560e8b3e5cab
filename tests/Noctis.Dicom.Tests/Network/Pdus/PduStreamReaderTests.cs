using System.Buffers;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

public class PduStreamReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(4096)]
    public void TryRead_InChunksOfAnySize_GivesTheSamePdusAndValues(int chunk)
    {
        byte[] bytes = [.. PduSamples.FullRq, .. PduSamples.Data, .. PduSamples.Data, .. PduSamples.ReleaseRq];

        var log = new StreamLog();
        log.Feed(bytes, chunk);

        Assert.Equal(
            [
                "AAssociateRq",
                "1 command last CMND", "1 data DATA end of PDU",
                "1 command last CMND", "1 data DATA end of PDU",
                "AReleaseRq",
            ],
            log.Lines);
        Assert.Equal(0, log.Unconsumed);
    }

    [Fact]
    public void TryRead_HalfAFragment_GivesItAtOnce()
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(WireBytes.Parse("04 00 00040000 0003FFFC 05 02 'HALF'"));

        Assert.True(reader.TryRead(ref buffer, out var pdu, out var first));
        Assert.Null(pdu);
        Assert.Equal("HALF"u8.ToArray(), first.Data.ToArray());
        Assert.Equal((5, false, true), (first.ContextId, first.IsCommand, first.IsLastFragment));
        Assert.True(first.StartsPdu);
        Assert.False(first.EndsPdv);
        Assert.False(first.EndsPdu);
        Assert.False(first.CompletesMessage);
        Assert.True(reader.IsInsidePdu);

        Assert.False(reader.TryRead(ref buffer, out _, out _));
        buffer = new ReadOnlySequence<byte>(new byte[0x3FFFA - 4]);
        Assert.True(reader.TryRead(ref buffer, out _, out var second));
        Assert.Equal(0x3FFFA - 4, second.Data.Length);
        Assert.False(second.StartsPdu);
        Assert.True(second.EndsPdv && second.EndsPdu && second.CompletesMessage);
        Assert.False(reader.IsInsidePdu);
    }

    [Fact]
    public void TryRead_EmptyLastFragment_IsGivenAndCompletesTheMessage()
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(WireBytes.Parse("04 00 00000006 00000002 03 02"));

        Assert.True(reader.TryRead(ref buffer, out _, out var fragment));

        Assert.True(fragment.Data.IsEmpty);
        Assert.True(fragment is { StartsPdu: true, EndsPdv: true, EndsPdu: true, CompletesMessage: true, ContextId: 3 });
        Assert.False(reader.IsInsidePdu);
    }

    [Fact]
    public void TryRead_ReservedControlBits_AreNotTested()
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(WireBytes.Parse("04 FF 00000006 00000002 01 FE"));

        Assert.True(reader.TryRead(ref buffer, out _, out var fragment));
        Assert.False(fragment.IsCommand);
        Assert.True(fragment.IsLastFragment);
    }

    [Fact]
    public void TryRead_OnlyPduHeader_ConsumesItAndIsInsidePdu()
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(WireBytes.Parse("04 00 00000100"));

        Assert.False(reader.TryRead(ref buffer, out _, out _));
        Assert.True(buffer.IsEmpty);
        Assert.True(reader.IsInsidePdu);
    }

    [Fact]
    public void TryRead_LimitsNarrowedBetweenPdus_Hold()
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(PduSamples.Data);
        while (reader.TryRead(ref buffer, out _, out _))
        {
        }

        reader.Limits = new PduLimits { MaxDataLength = 19 };
        Assert.Throws<PduException>(() =>
        {
            var next = new ReadOnlySequence<byte>(PduSamples.Data);
            reader.TryRead(ref next, out _, out _);
        });
    }

    [Fact]
    public void TryRead_DataPdus_AllocateNothing()
    {
        var framing = new PDataFraming(16384);
        var output = new ArrayBufferWriter<byte>();
        framing.Write(output, 1, isCommand: false, isLast: true, new byte[100_000]);
        var bytes = output.WrittenMemory;
        var reader = new PduStreamReader(PduLimits.Default);
        long Run(int rounds)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rounds; i++)
            {
                var buffer = new ReadOnlySequence<byte>(bytes);
                while (reader.TryRead(ref buffer, out _, out _))
                {
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Run(1);
        Assert.Equal(0, Run(1000));
    }

    /// <summary>Feeds a reader as a pipe does, and writes down each whole value.</summary>
    internal sealed class StreamLog
    {
        private readonly PduStreamReader _reader = new(PduLimits.Default);
        private readonly List<byte> _value = [];
        private byte[] _pending = [];

        public List<string> Lines { get; } = [];

        public int Unconsumed => _pending.Length;

        public void Feed(byte[] bytes, int chunk)
        {
            for (var at = 0; at < bytes.Length; at += chunk)
            {
                byte[] arrived = [.. _pending, .. bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at))];
                var buffer = WireBytes.Segmented(arrived, 3);
                while (_reader.TryRead(ref buffer, out var pdu, out var fragment))
                    Log(pdu, fragment);
                _pending = buffer.ToArray();
            }
        }

        private void Log(Pdu? pdu, PdvFragment fragment)
        {
            if (pdu is not null)
            {
                Lines.Add(pdu.Type.ToString());
                return;
            }

            _value.AddRange(fragment.Data.ToArray());
            if (!fragment.EndsPdv)
                return;
            var text = System.Text.Encoding.Latin1.GetString([.. _value]);
            _value.Clear();
            Lines.Add(
                $"{fragment.ContextId} {(fragment.IsCommand ? "command" : "data")}{(fragment.IsLastFragment ? " last" : "")} {text}"
                + (fragment.EndsPdu ? " end of PDU" : ""));
        }
    }
}
