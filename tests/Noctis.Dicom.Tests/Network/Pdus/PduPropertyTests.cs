using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

public class PduPropertyTests
{
    [Fact]
    public void AssociatePdus_WrittenAndRead_AreTheSame() =>
        Prop.ForAll(
            Arb.From(Gen.OneOf(PduGenerators.Rq, PduGenerators.Ac)),
            written =>
            {
                var bytes = PduReaderTests.Write(written);
                var buffer = WireBytes.Segmented(bytes, 17);
                Assert.True(PduReader.TryRead(ref buffer, PduLimits.Default, out var read));
                Assert.True(buffer.IsEmpty);
                Assert.Equal(Text(written), Text(read));
                Assert.Equal(bytes, PduReaderTests.Write(read));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Data_FramedAndStreamed_ComesBackWhole() =>
        Prop.ForAll(
            Arb.From(from length in Gen.Choose(0, 2000) from maximum in Gen.Choose(8, 300) from chunk in Gen.Choose(1, 700) select (length, maximum, chunk)),
            sample =>
            {
                var data = new byte[sample.length];
                new Random(sample.length).NextBytes(data);
                var output = new ArrayBufferWriter<byte>();
                new PDataFraming((uint)sample.maximum).Write(output, 7, isCommand: false, isLast: true, data);

                var log = new PduStreamReaderTests.StreamLog();
                log.Feed(output.WrittenSpan.ToArray(), sample.chunk);

                const string End = " end of PDU";
                Assert.All(log.Lines, line => Assert.EndsWith(End, line, StringComparison.Ordinal));
                Assert.All(log.Lines.SkipLast(1), line => Assert.StartsWith("7 data ", line, StringComparison.Ordinal));
                Assert.StartsWith("7 data last ", log.Lines[^1], StringComparison.Ordinal);
                var fragments = log.Lines.Select((line, i) => line[(i == log.Lines.Count - 1 ? "7 data last " : "7 data ").Length..^End.Length]).ToList();
                Assert.Equal(Encoding.Latin1.GetString(data), string.Concat(fragments));
                Assert.All(fragments, fragment => Assert.True(fragment.Length + 6 <= sample.maximum));
                Assert.All(fragments.SkipLast(1), fragment => Assert.Equal(0, fragment.Length % 2));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyBytesChanged_AreReadOrRefused_AndNothingElse()
    {
        var samples = PduSamples.All.Values.ToArray();
        var changes = from at in Gen.Choose(0, 1000) from value in Gen.Choose(0, 255) select (at, value);
        var mutants =
            from sample in Gen.Elements(samples)
            from edits in Gen.NonEmptyListOf(changes).Resize(6)
            select edits.Aggregate(sample.ToArray(), (bytes, edit) =>
            {
                bytes[edit.at % bytes.Length] = (byte)edit.value;
                return bytes;
            });

        Prop.ForAll(
            Arb.From(mutants),
            bytes =>
            {
                // Any exception but PduException fails the property.
                var whole = Outcome(bytes, int.MaxValue);
                Assert.Equal(whole, Outcome(bytes, 3));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static string Outcome(byte[] bytes, int segmentLength)
    {
        try
        {
            var buffer = WireBytes.Segmented(bytes, segmentLength);
            return PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu) ? pdu.Type + " " + Text(pdu) : "more";
        }
        catch (PduException exception)
        {
            return $"{exception.Reason}: {exception.Message}";
        }
    }

    private static string Text(Pdu pdu) => pdu is PDataTf data
        ? Convert.ToHexString(data.Body.ToArray())
        : JsonSerializer.Serialize<object>(pdu);
}
