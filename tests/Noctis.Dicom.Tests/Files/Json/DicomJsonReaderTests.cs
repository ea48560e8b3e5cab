using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Json;
using Noctis.Dicom.Files.Text;
using Noctis.Dicom.Tests.Files.Text;

namespace Noctis.Dicom.Tests.Files.Json;

public sealed class DicomJsonReaderTests
{
    /// <summary>PS3.18 F.4, first result, without its comments; the line break that a printed URL has is none.</summary>
    private const string Annex = """
        {
          "00080005": { "vr": "CS", "Value": [ "ISO_IR 192" ] },
          "00080020": { "vr": "DT", "Value": [ "20130409" ] },
          "00080030": { "vr": "TM", "Value": [ "131600.0000" ] },
          "00080050": { "vr": "SH", "Value": [ "11235813" ] },
          "00080056": { "vr": "CS", "Value": [ "ONLINE" ] },
          "00080061": { "vr": "CS", "Value": [ "CT", "PET" ] },
          "00080090": { "vr": "PN", "Value": [ { "Alphabetic": "^Bob^^Dr." } ] },
          "00081190": { "vr": "UR", "Value": [ "http://wado.nema.org/studies/1.2.392.200036.9116.2.2.2.1762893313.1029997326.945873" ] },
          "00090010": { "vr": "LO", "Value": [ "Vendor A" ] },
          "00091002": { "vr": "UN", "InlineBinary": [ "z0x9c8v7" ] },
          "00100010": { "vr": "PN", "Value": [ { "Alphabetic": "Wang^XiaoDong", "Ideographic": "王^小東" } ] },
          "00100020": { "vr": "LO", "Value": [ "12345" ] },
          "00101002": { "vr": "SQ", "Value": [
            { "00100020": { "vr": "LO", "Value": [ "54321" ] }, "00100021": { "vr": "LO", "Value": [ "Hospital B" ] } },
            { "00100020": { "vr": "LO", "Value": [ "24680" ] }, "00100021": { "vr": "LO", "Value": [ "Hospital C" ] } } ] },
          "0020000D": { "vr": "UI", "Value": [ "1.2.392.200036.9116.2.2.2.1762893313.1029997326.945873" ] },
          "00201206": { "vr": "IS", "Value": [ 4 ] },
          "00201208": { "vr": "IS", "Value": [ 942 ] }
        }
        """;

    [Fact]
    public void ReadDataset_ExampleOfTheStandard_IsRead()
    {
        var dataset = DicomJsonReader.ReadDataset(Annex);

        Assert.Equal("Wang^XiaoDong=王^小東", dataset.GetString(DicomTag.PatientName));
        Assert.Equal("小東", dataset.GetPersonName(DicomTag.PatientName)!.Ideographic.Given);
        Assert.Equal(["CT", "PET"], dataset.GetStrings(DicomTag.ModalitiesInStudy));
        Assert.Equal("^Bob^^Dr.", dataset.GetString(DicomTag.ReferringPhysicianName));
        Assert.Equal("CF4C7D73CBFB", Convert.ToHexString(dataset.GetBytes(new DicomTag(0x0009, 0x1002))!.Value.Span));
        Assert.Equal("Hospital C", dataset.GetSequence(DicomTag.OtherPatientIDsSequence)!.Items[1].GetString(DicomTag.IssuerOfPatientID));
        Assert.Equal(942, dataset.GetInt32(DicomTag.NumberOfStudyRelatedInstances));
        Assert.Equal(DicomVR.DT, dataset[DicomTag.StudyDate].VR);
        Assert.DoesNotContain(dataset.Validate(), i => i.Tag != DicomTag.StudyDate);
    }

    [Fact]
    public void ReadDataset_WrittenWithEveryVR_MeansTheSame()
    {
        var dataset = TextSamples.EveryVR();

        var read = DicomJsonReader.ReadDataset(DicomJsonWriterTests.Write(dataset));

        Assert.Equal(Meaning.Of(dataset), Meaning.Of(read));
        Assert.Equal("ISO_IR 192", read.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal(DicomJsonWriterTests.Write(dataset), DicomJsonWriterTests.Write(read));
    }

    [Fact]
    public void ReadDataset_Indented_IsTheSame()
    {
        var dataset = TextSamples.EveryVR();

        var indented = DicomJsonWriterTests.Write(dataset, new DicomTextWriteOptions { IsIndented = true });

        Assert.Contains('\n', indented);
        Assert.Equal(Meaning.Of(dataset), Meaning.Of(DicomJsonReader.ReadDataset(indented)));
    }

    [Theory]
    [InlineData("""{"00080005":{"vr":"CS","Value":["ISO_IR 100"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"Müller"}]}}""")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"M\u00fcller"}]}}""")]
    [InlineData("""{"00100010":{"Value":[{"Alphabetic":"Müller"}],"vr":"PN"}}""")]
    [InlineData("""{"00100010":{"vr":"PN","Value":["Müller"]}}""")]
    public void ReadDataset_Text_IsHeldInUtf8(string json)
    {
        var dataset = DicomJsonReader.ReadDataset(json);

        Assert.Equal("Müller", dataset.GetString(DicomTag.PatientName));
        Assert.Equal("ISO_IR 192", dataset.GetString(DicomTag.SpecificCharacterSet));
    }

    [Fact]
    public void ReadDataset_TextInItem_DeclaresInTheRootAndCorrectsTheItem()
    {
        var dataset = DicomJsonReader.ReadDataset(
            """{"0040A043":{"vr":"SQ","Value":[{"00080005":{"vr":"CS","Value":["ISO_IR 144"]},"00080104":{"vr":"LO","Value":["é"]}}]}}""");

        var item = dataset.GetSequence(DicomTag.ConceptNameCodeSequence)!.Items[0];
        Assert.Equal(("ISO_IR 192", "ISO_IR 192"), (dataset.GetString(DicomTag.SpecificCharacterSet), item.GetString(DicomTag.SpecificCharacterSet)));
        Assert.Equal("é", item.GetString(DicomTag.CodeMeaning));
    }

    [Theory]
    [InlineData("US", "[\"12\"]", "12")]
    [InlineData("US", "[12.0]", "12")]
    [InlineData("SV", "[\"-9223372036854775808\", 7]", "-9223372036854775808\\7")]
    [InlineData("FD", "[\"NaN\", \"-INF\", 1e2]", "NaN\\-Infinity\\100")]
    [InlineData("FL", "[0.1]", "0.1")]
    [InlineData("DS", "[\"1,5\", 0.5, null]", "1,5\\0.5\\")]
    [InlineData("IS", "[5.0]", "5")]
    [InlineData("LO", "[12]", "12")]
    [InlineData("AT", "[\"0010001a\"]", "(0010,001A)")]
    [InlineData("CS", "[null, \"A\"]", "\\A")]
    [InlineData("CS", "[]", "")]
    [InlineData("CS", "null", "")]
    [InlineData("LT", "[\"a\\\\b\"]", "a\\b")]
    public void ReadDataset_ValueInAForm_IsRead(string vr, string value, string expected)
    {
        var dataset = DicomJsonReader.ReadDataset($$"""{"00091001":{"vr":"{{vr}}","Value":{{value}} } }""");

        Assert.Equal(expected, string.Join('\\', dataset.GetStrings(TextSamples.Private(1))));
        Assert.Equal(0, dataset.GetBytes(TextSamples.Private(1))!.Value.Length % 2);
    }

    [Theory]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Phonetic":"c","Other":{"a":[1]}}]}}""", "==c")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":null}]}}""", null)]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{}]}}""", null)]
    [InlineData("""{"00100010":{"Value":[{"Alphabetic":"a"}]}}""", "a")]
    [InlineData("""{"00100010":{"vr":"PN","note":{"deep":[[]]}}}""", null)]
    [InlineData("""{"00100000":{"vr":"UL","Value":[4]},"00100010":{"vr":"PN","Value":["a"]}}""", "a")]
    public void ReadDataset_NameInAForm_IsRead(string json, string? expected)
    {
        var dataset = DicomJsonReader.ReadDataset(json);

        Assert.Equal(expected, dataset.GetString(DicomTag.PatientName));
        Assert.Equal(1, dataset.Count);
    }

    [Fact]
    public void ReadDataset_NullItem_IsAnEmptyItem() => Assert.Equal(
        [0, 0],
        DicomJsonReader.ReadDataset("""{"0040A730":{"vr":"SQ","Value":[null,{}]}}""").GetSequence(DicomTag.ContentSequence)!.Items.Select(i => i.Count));

    [Fact]
    public void ReadDataset_BulkDataUri_IsKeptOrResolved()
    {
        const string json = """{"00091001":{"vr":"OB","BulkDataURI":"a"},"7FE00010":{"vr":"OW","BulkDataURI":"b"}}""";

        var kept = DicomJsonReader.ReadDataset(json);
        var resolved = DicomJsonReader.ReadDataset(json, new DicomTextReadOptions
        {
            ResolveBulkData = reference => reference.Uri == "b" ? reference.WithValue(new byte[] { 1, 2 }) : null,
        });

        Assert.Equal("b", Assert.IsType<DicomBulkDataReference>(kept[DicomTag.PixelData]).Uri);
        Assert.Equal(json, DicomJsonWriterTests.Write(kept));
        Assert.Equal(new byte[] { 1, 2 }, resolved.GetBytes(DicomTag.PixelData)!.Value.ToArray());
        Assert.IsType<DicomBulkDataReference>(resolved[TextSamples.Private(1)]);
    }

    [Fact]
    public async Task ReadDatasetsAsync_OneByteAtATime_GivesEachDataset()
    {
        var text = $"\uFEFF [ {Annex} , {{}},\n{DicomJsonWriterTests.Write(TextSamples.EveryVR())} ] \n";
        var bytes = Encoding.UTF8.GetBytes(text);

        var read = await ReadAllAsync(new TrickleStream(bytes));
        var whole = DicomJsonReader.ReadDatasets(bytes);

        Assert.Equal(3, read.Count);
        Assert.Equal(whole.Select(d => Meaning.Of(d)), read.Select(d => Meaning.Of(d)));
        Assert.Equal(Meaning.Of(TextSamples.EveryVR()), Meaning.Of(read[2]));
    }

    [Fact]
    public async Task ReadDatasetsAsync_DatasetsBeforeAFault_AreGivenOut()
    {
        var bytes = Encoding.UTF8.GetBytes("""[{"00100020":{"vr":"LO","Value":["1"]}},{"00100020":{"vr":"XX"}}]""");
        var read = new List<DicomDataset>();

        var error = await Assert.ThrowsAsync<DicomDataException>(async () =>
        {
            await foreach (var dataset in DicomJsonReader.ReadDatasetsAsync(new MemoryStream(bytes)))
                read.Add(dataset);
        });

        Assert.Single(read);
        Assert.Equal((DicomTag.PatientID, 58), (error.Tag, error.Offset));
    }

    [Fact]
    public async Task ReadDatasetAsync_OneObject_IsRead()
    {
        var read = await DicomJsonReader.ReadDatasetAsync(new TrickleStream(Encoding.UTF8.GetBytes(Annex + "\n")));

        Assert.Equal(Meaning.Of(DicomJsonReader.ReadDataset(Annex)), Meaning.Of(read));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public async Task ReadDataset_Array_IsRefused(string json)
    {
        Assert.Throws<DicomDataException>(() => DicomJsonReader.ReadDataset(json));
        await Assert.ThrowsAsync<DicomDataException>(() => DicomJsonReader.ReadDatasetAsync(new MemoryStream(Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public async Task ReadDatasets_SingleObject_IsAnArrayOfOne()
    {
        Assert.Single(DicomJsonReader.ReadDatasets("{}"u8));
        Assert.Single(await ReadAllAsync(new MemoryStream("{}"u8.ToArray())));
        Assert.Empty(DicomJsonReader.ReadDatasets(" [ ] "u8));
        Assert.Empty(await ReadAllAsync(new MemoryStream(" [ ] "u8.ToArray())));
    }

    [Fact]
    public void Dataset_WrittenAndRead_MeansTheSame() => Prop.ForAll<int>(seed =>
    {
        var dataset = RandomDatasets.Make(new Random(seed));
        Assert.Equal(Meaning.Of(dataset), Meaning.Of(DicomJsonReader.ReadDataset(DicomJsonWriterTests.Write(dataset))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    internal static async Task<List<DicomDataset>> ReadAllAsync(Stream stream, DicomTextReadOptions? options = null)
    {
        var read = new List<DicomDataset>();
        await foreach (var dataset in DicomJsonReader.ReadDatasetsAsync(stream, options))
            read.Add(dataset);
        return read;
    }
}
