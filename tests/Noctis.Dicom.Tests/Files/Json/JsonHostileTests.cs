using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Json;

/// <summary>Documents made to hurt: each ends in a <see cref="DicomDataException"/> that says where and why.</summary>
public sealed class JsonHostileTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "", "not JSON" },
        { "   ", "not JSON" },
        { "nonsense", "not JSON" },
        { "{", "not JSON" },
        { "{}x", "not JSON" },
        { "{} {}", "not JSON" },
        { "{},", "not JSON" },
        { "[{},]", "not JSON" },
        { "// no\n{}", "not JSON" },
        { "7", "A data set is an object" },
        { "null", "A data set is an object" },
        { "[[]]", "A data set is an object" },
        { "[null]", "A data set is an object" },
        { """{"PatientName":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"0010001":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"001000100":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"0010 010":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"-0100010":{"vr":"PN"}}""", "eight hexadecimal digits" },
        { """{"FFFEE000":{"vr":"UN"}}""", "no elements" },
        { """{"00100010":{"vr":"PN"},"00100010":{"vr":"PN"}}""", "twice" },
        { """{"0020000D":{"vr":"UI"},"0020000d":{"vr":"UI"}}""", "twice" },
        { """{"00100010":"a"}""", "object with" },
        { """{"00100010":[]}""", "object with" },
        { """{"00100010":{"vr":"XX"}}""", "no value representation" },
        { """{"00100010":{"vr":"pn"}}""", "no value representation" },
        { """{"00100010":{"vr":7}}""", "no value representation" },
        { """{"00100010":{"vr":"PN","vr":"PN"}}""", "\"vr\" is there twice" },
        { """{"00091001":{"Value":["a"]}}""", "There is no \"vr\"" },
        { """{"00100010":{"vr":"PN","Value":"a"}}""", "not an array" },
        { """{"00100010":{"vr":"PN","Value":[],"Value":[]}}""", "at most one of" },
        { """{"7FE00010":{"vr":"OW","InlineBinary":"","BulkDataURI":"a"}}""", "at most one of" },
        { """{"00100010":{"vr":"PN","Value":[7]}}""", "neither what a PN is" },
        { """{"00100010":{"vr":"PN","Value":[[]]}}""", "neither what a PN is" },
        { """{"00100010":{"vr":"PN","Value":[{"Alphabetic":7}]}}""", "component group" },
        { """{"00100010":{"vr":"PN","Value":[{"Alphabetic":"a","Alphabetic":"b"}]}}""", "component group" },
        { """{"00100020":{"vr":"LO","Value":[true]}}""", "neither what a LO is" },
        { """{"00100020":{"vr":"LO","Value":[{}]}}""", "neither what a LO is" },
        { """{"0040A730":{"vr":"SQ","Value":["a"]}}""", "An item of a sequence" },
        { """{"0040A730":{"vr":"SQ","Value":[[]]}}""", "An item of a sequence" },
        { """{"0040A730":{"vr":"SQ","BulkDataURI":"a"}}""", "never bulk data" },
        { """{"0040A730":{"vr":"SQ","InlineBinary":"AA=="}}""", "not bytes" },
        { """{"00280010":{"vr":"US","Value":[65536]}}""", "can hold" },
        { """{"00280010":{"vr":"US","Value":[-1]}}""", "can hold" },
        { """{"00280010":{"vr":"US","Value":[1.5]}}""", "can hold" },
        { """{"00280010":{"vr":"US","Value":["x"]}}""", "can hold" },
        { """{"00280010":{"vr":"US","Value":[1e400]}}""", "can hold" },
        { """{"00280010":{"vr":"US","Value":[1,null]}}""", "no empty values" },
        { """{"00091001":{"vr":"FD","Value":["x"]}}""", "can hold" },
        { """{"00280009":{"vr":"AT","Value":["(0010,0010)"]}}""", "eight hexadecimal digits" },
        { """{"00280009":{"vr":"AT","Value":[100010]}}""", "eight hexadecimal digits" },
        { """{"00091001":{"vr":"OB","Value":[1]}}""", "base64" },
        { """{"00091001":{"vr":"UN","Value":["a"]}}""", "base64" },
        { """{"00104000":{"vr":"LT","Value":["a","b"]}}""", "has one value" },
        { """{"00080060":{"vr":"CS","Value":["中"]}}""", "default repertoire" },
        { """{"00091001":{"vr":"OB","InlineBinary":"A"}}""", "not base64" },
        { """{"00091001":{"vr":"OB","InlineBinary":"AA=A"}}""", "not base64" },
        { """{"00091001":{"vr":"OB","InlineBinary":"é"}}""", "not base64" },
        { """{"00091001":{"vr":"OB","InlineBinary":7}}""", "not a string" },
        { """{"00091001":{"vr":"OB","InlineBinary":["AA==","AA=="]}}""", "one string" },
        { """{"00091001":{"vr":"OB","InlineBinary":[]}}""", "not a string" },
        { """{"00091001":{"vr":"OB","BulkDataURI":7}}""", "not a string" },
        { """{"00091001":{"vr":"OB","BulkDataURI":" "}}""", "empty" },
        { """{"00100020":{"vr":"LO","Value":["\ud800"]}}""", "not valid Unicode" },
        { """{"00100020":{"vr":"LO","Value":["\udc00\ud800"]}}""", "not valid Unicode" },
        { """{"00100010":{"vr":"PN","Value":[{"Alphabetic":"\ud800"}]}}""", "not valid Unicode" },
        { """{"00091001":{"vr":"OB","BulkDataURI":"\ud800"}}""", "not valid Unicode" },
        { """{"\ud800":{"vr":"OB"}}""", "not valid Unicode" },
        { """{"00091001":{"\ud800":"OB"}}""", "not valid Unicode" },
        { """{"00091001":{"vr":"\ud800"}}""", "not valid Unicode" },
        { """{"00100010":{"vr":"PN","Value":[{"\ud800":"a"}]}}""", "not valid Unicode" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Read_Fault_IsRefusedWithItsReasonInEachWay(string json, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        var fromMemory = Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDatasets(bytes));
        var fromStream = await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new MemoryStream(bytes)));
        var fromPipe = await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new TrickleStream(bytes)));

        Assert.Contains(reason, fromMemory.Message, StringComparison.Ordinal);
        Assert.Equal((fromMemory.Message, fromMemory.Message), (fromStream.Message, fromPipe.Message));
    }

    [Fact]
    public void Read_FaultInAnItem_NamesTheWayToIt()
    {
        var error = Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDataset(
            """{"0040A730":{"vr":"SQ","Value":[{},{"0040A730":{"vr":"SQ","Value":[{"00280010":{"vr":"US","Value":["x"]}}]}}]}}"""));

        Assert.Contains("In (0040,A730)[1](0040,A730)[0](0028,0010): ", error.Message, StringComparison.Ordinal);
        Assert.Equal(DicomTag.Rows, error.Tag);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0xED)]
    public async Task Read_InvalidUtf8_IsRefused(int octet)
    {
        var bytes = Encoding.Latin1.GetBytes($$"""{"00100020":{"vr":"LO","Value":["a{{(char)octet}}b"] } }""");

        Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDataset(bytes));
        await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReader.ReadDatasetAsync(new TrickleStream(bytes)));
    }

    [Fact]
    public void Read_LoneSurrogateInAString_IsRefused() => Assert.Throws<DicomDataException>(
        () => DicomJsonReader.ReadDataset("{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\ud800\"]}}"));

    [Theory]
    [InlineData(1800)]
    [InlineData(200_000)]
    public async Task Read_NestedTooDeep_IsRefused(int depth)
    {
        var sequences = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"0040A730":{"vr":"SQ","Value":[""", depth)));
        var arrays = Encoding.UTF8.GetBytes("""{"00100010":{"vr":"PN","x":""" + new string('[', depth));

        foreach (var bytes in new[] { sequences, arrays })
        {
            Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDatasets(bytes));
            await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new MemoryStream(bytes)));
        }

        var error = Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDatasets(sequences));
        Assert.Contains("nested deeper than 64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedAsDeepAsAllowed_IsRead()
    {
        const int depth = 64;
        var json = string.Concat(Enumerable.Repeat("""{"0040A730":{"vr":"SQ","Value":[""", depth)) + "{}" + string.Concat(Enumerable.Repeat("]}}", depth));

        var dataset = DicomJsonReader.ReadDataset(json);

        for (var i = 0; i < depth; i++)
            dataset = dataset.GetSequence(DicomTag.ContentSequence)!.Items[0];
        Assert.Equal(0, dataset.Count);
    }

    [Fact]
    public async Task Read_BeyondALimit_IsRefused()
    {
        var many = """{"0040A730":{"vr":"SQ","Value":[{},{},{},{}]}}""";
        var text = """{"00100020":{"vr":"LO","Value":["12345"]}}""";
        var inline = """{"00091001":{"vr":"OB","InlineBinary":"AQIDBAUGBwgJCgsMDQ4PEA=="}}""";

        await Refused(many, new DicomTextReadOptions { MaxElementCount = 4 }, "more than 4 elements");
        await Refused(text, new DicomTextReadOptions { MaxTextLength = 4 }, "longer than 4 bytes");
        await Refused(inline, new DicomTextReadOptions { MaxInlineLength = 8 }, "longer than 8 bytes");
        await Refused(inline, new DicomTextReadOptions { MaxDatasetLength = 30 }, "more than 30 bytes");
        await Refused($"[{text},{inline}]", new DicomTextReadOptions { MaxDatasetLength = 50 }, "more than 50 bytes");

        static async Task Refused(string json, DicomTextReadOptions options, string reason)
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var errors = new[]
            {
                Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDatasets(bytes, options)),
                await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new MemoryStream(bytes), options)),
                await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new TrickleStream(bytes), options)),
            };
            Assert.All(errors, e => Assert.Contains(reason, e.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Read_EndlessStream_EndsAtTheLimit()
    {
        var endless = new RepeatingStream("""{"00100020":{"vr":"LO","Value":["aaaaaaaaaaaaaaaaaaaaaaaaaaaa"""u8.ToArray(), "\\\""u8.ToArray());
        var error = await Assert.ThrowsAsync<DicomDataException>(
            () => DicomJsonReaderTests.ReadAllAsync(endless, new DicomTextReadOptions { MaxDatasetLength = 1_000_000 }));

        Assert.Contains("more than 1000000 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Given, 1_000_000, 3_000_000);
    }

    [Fact]
    public async Task Read_EndlessNumber_IsRefused()
    {
        var endless = new RepeatingStream("""{"00100020":{"vr":"LO","Value":["""u8.ToArray(), "1"u8.ToArray());

        await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(endless));

        Assert.InRange(endless.Given, 1, 1_000_000);
    }

    [Fact]
    public async Task Read_CutAtEachByte_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(DicomJsonWriterTests.Write(TextSamples.EveryVR()));
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDataset(cut));
            await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReaderTests.ReadAllAsync(new MemoryStream(cut)));
        }
    }

    [Fact]
    public void Read_RandomChanges_EndInNothingButADataException() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(DicomJsonWriterTests.Write(TextSamples.EveryVR()));
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\0"[random.Next(9)];

        var fromMemory = Record.Exception(() => DicomJsonReader.ReadDatasets(bytes));
        var fromStream = Record.Exception(() => DicomJsonReaderTests.ReadAllAsync(new TrickleStream(bytes)).GetAwaiter().GetResult());

        Assert.True(fromMemory is null or DicomDataException, fromMemory?.ToString());
        Assert.Equal(fromMemory?.GetType(), fromStream?.GetType());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>Gives a beginning once, and then something else over and over again.</summary>
    private sealed class RepeatingStream(byte[] begin, byte[] repeated) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Given++)
                buffer[offset + i] = Given < begin.Length ? begin[Given] : repeated[(Given - begin.Length) % repeated.Length];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
