using System.Text;
using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Json;

public sealed class DicomJsonWriterTests
{
    [Fact]
    public void WriteDataset_EachForm_IsTheOneOfTheStandard()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetString(DicomTag.ImageType, "ORIGINAL", "", "AXIAL")
            .SetString(DicomTag.PatientName, "Wang^XiaoDong=王^小東")
            .SetEmpty(DicomTag.PatientID)
            .SetTag(DicomTag.FrameIncrementPointer, DicomTag.FrameTime)
            .SetString(DicomTag.PixelSpacing, "0.50", "1,5")
            .SetUInt16(DicomTag.Rows, 2)
            .SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "1.2"), [])
            .SetValue(DicomTag.RedPaletteColorLookupTableData, DicomVR.OW, new byte[] { 1, 2, 3, 4 })
            .SetUInt32(new DicomTag(0x0010, 0x0000), 4);

        Assert.Equal(
            """
            {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},
            "00080008":{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]},
            "00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}},{}]},
            "00100010":{"vr":"PN","Value":[{"Alphabetic":"Wang^XiaoDong","Ideographic":"王^小東"}]},
            "00100020":{"vr":"LO"},
            "00280009":{"vr":"AT","Value":["00181063"]},
            "00280010":{"vr":"US","Value":[2]},
            "00280030":{"vr":"DS","Value":[0.50,"1,5"]},
            "00281201":{"vr":"OW","InlineBinary":"AQIDBA=="}}
            """.ReplaceLineEndings(""),
            Write(dataset));
    }

    [Theory]
    [InlineData("FL", "CDCCCC3D", "0.1")]
    [InlineData("FL", "0000C07F0000807F000080FF", "\"NaN\",\"INF\",\"-INF\"")]
    [InlineData("FL", "0000008000000000", "-0.0,0")]
    [InlineData("FD", "9A9999999999B93F", "0.1")]
    [InlineData("FD", "0000000000000080", "-0.0")]
    [InlineData("SV", "FFFFFFFFFFFFFFFF0000000000000080", "-1,\"-9223372036854775808\"")]
    [InlineData("UV", "FFFFFFFFFFFF1F000000000000002000", "9007199254740991,\"9007199254740992\"")]
    [InlineData("SS", "FEFF", "-2")]
    [InlineData("UL", "FFFFFFFF", "4294967295")]
    public void WriteDataset_Number_IsANumberWhereJsonHasOne(string vr, string hex, string values)
    {
        var dataset = new DicomDataset(new DicomValueElement(TextSamples.Private(1), DicomVR.Lookup(vr)!, Convert.FromHexString(hex)));

        Assert.Equal("{\"00091001\":{\"vr\":\"" + vr + "\",\"Value\":[" + values + "]}}", Write(dataset));
    }

    [Fact]
    public void WriteDataset_LatinText_IsUnicodeAndSaysSo()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetString(DicomTag.PatientName, "Müller");

        Assert.Equal(
            """{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"Müller"}]}}""", Write(dataset));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WriteDataset_UndeclaredTextAboveAscii_DeclaresUtf8InTheRoot(bool hasEmptyDeclaration)
    {
        var item = new DicomDataset().SetValue(DicomTag.CodeMeaning, DicomVR.LO, "é"u8.ToArray());
        var dataset = new DicomDataset().SetString(DicomTag.SOPInstanceUID, "1.2").SetSequence(DicomTag.ConceptCodeSequence, item);
        if (hasEmptyDeclaration)
            dataset.SetEmpty(DicomTag.SpecificCharacterSet);

        Assert.StartsWith("""{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00080018":""", Write(dataset), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteDataset_UndeclaredAsciiText_DeclaresNothing() =>
        Assert.Equal("""{"00100020":{"vr":"LO","Value":["A"]}}""", Write(new DicomDataset().SetString(DicomTag.PatientID, "A")));

    [Fact]
    public void WriteDataset_Policy_DecidesOnEachValueThatMayBeBulk()
    {
        var asked = new List<string>();
        var dataset = new DicomDataset()
            .SetString(DicomTag.PatientID, "1")
            .SetTag(DicomTag.FrameIncrementPointer, DicomTag.FrameTime)
            .SetSequence(
                DicomTag.ReferencedImageSequence,
                [],
                new DicomDataset().SetValue(TextSamples.Private(1), DicomVR.OB, new byte[6]).SetValue(TextSamples.Private(2), DicomVR.UN, new byte[2]))
            .AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[4], new byte[6]]));
        var options = new DicomTextWriteOptions
        {
            PlaceBulkData = value =>
            {
                asked.Add($"{value.Path} {value.Length} {value.IsEncapsulated}");
                return value.Length == 2 ? DicomBulkPlacement.Omitted : DicomBulkPlacement.At("bulk/" + value.Path);
            },
        };

        var json = Write(dataset, options);

        Assert.Equal(["00081140/1/00091001 6 False", "00081140/1/00091002 2 False", "7FE00010 10 True"], asked);
        Assert.Contains("""[{},{"00091001":{"vr":"OB","BulkDataURI":"bulk/00081140/1/00091001"}}]""", json, StringComparison.Ordinal);
        Assert.EndsWith(""","7FE00010":{"vr":"OB","BulkDataURI":"bulk/7FE00010"}}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteDataset_CompressedPixelData_IsLeftOutAndNeverInline()
    {
        var dataset = new DicomDataset(new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[4]]));

        Assert.Equal("{}", Write(dataset));
        Assert.Equal("{}", Write(dataset, DicomTextWriteOptions.WithoutBinaryAbove(1000)));
        var error = Assert.Throws<DicomDataException>(() => Write(dataset, new DicomTextWriteOptions { PlaceBulkData = _ => DicomBulkPlacement.Inline }));
        Assert.Equal(DicomTag.PixelData, error.Tag);
    }

    [Fact]
    public void WriteDataset_WithoutBinaryAbove_LeavesOutOnlyLongBinary()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.PatientComments, new string('x', 50))
            .SetValue(TextSamples.Private(1), DicomVR.OB, new byte[10])
            .SetValue(TextSamples.Private(2), DicomVR.UN, new byte[12]);

        var json = Write(dataset, DicomTextWriteOptions.WithoutBinaryAbove(10));

        Assert.Contains("00091001", json, StringComparison.Ordinal);
        Assert.Contains("00104000", json, StringComparison.Ordinal);
        Assert.DoesNotContain("00091002", json, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteDataset_NestedWithoutEnd_IsRefused()
    {
        var dataset = new DicomDataset();
        for (var i = 0; i < 600; i++)
            dataset = new DicomDataset().SetSequence(DicomTag.ContentSequence, dataset);

        Assert.Throws<DicomDataException>(() => Write(dataset));
    }

    [Fact]
    public void WriteDataset_NestedAsDeepAsAllowed_IsWritten()
    {
        var dataset = new DicomDataset();
        for (var i = 0; i < 512; i++)
            dataset = new DicomDataset().SetSequence(DicomTag.ContentSequence, dataset);

        Assert.Equal(512, Write(dataset).Split("0040A730").Length - 1);
    }

    [Fact]
    public async Task WriteDatasetAsync_LongValue_IsTheSameAndGoesInPieces()
    {
        var value = new byte[1_000_001];
        new Random(1).NextBytes(value);
        var dataset = new DicomDataset(new DicomValueElement(DicomTag.PixelData, DicomVR.OB, value));
        var stream = new PieceStream();

        await DicomJsonWriter.WriteDatasetAsync(stream, dataset);

        Assert.Equal(Write(dataset), Encoding.UTF8.GetString(stream.ToArray()));
        Assert.InRange(stream.Longest, 1, 200_000);
        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(value, document.RootElement.GetProperty("7FE00010").GetProperty("InlineBinary").GetBytesFromBase64());
    }

    [Fact]
    public async Task WriteDatasetsAsync_EachDataset_IsOutBeforeTheNextIsAskedFor()
    {
        var stream = new MemoryStream();
        var seen = new List<long>();

        await DicomJsonWriter.WriteDatasetsAsync(stream, Each());

        Assert.True(seen[0] < seen[1] && seen[1] < stream.Length);
        Assert.Equal("""[{"00100020":{"vr":"LO","Value":["0"]}},{"00100020":{"vr":"LO","Value":["1"]}}]""", Encoding.UTF8.GetString(stream.ToArray()));

        async IAsyncEnumerable<DicomDataset> Each()
        {
            for (var i = 0; i < 2; i++)
            {
                yield return new DicomDataset().SetString(DicomTag.PatientID, $"{i}");
                seen.Add(stream.Length);
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task WriteDatasetsAsync_None_IsAnEmptyArray()
    {
        var stream = new MemoryStream();

        await DicomJsonWriter.WriteDatasetsAsync(stream, Array.Empty<DicomDataset>());

        Assert.Equal("[]", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task WriteDatasetsAsync_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DicomJsonWriter.WriteDatasetsAsync(new MemoryStream(), [new DicomDataset()], cancellationToken: source.Token));
    }

    internal static string Write(DicomDataset dataset, DicomTextWriteOptions? options = null)
    {
        using var stream = new MemoryStream();
        DicomJsonWriter.WriteDataset(stream, dataset, options);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class PieceStream : MemoryStream
    {
        public int Longest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Longest = Math.Max(Longest, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
