using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Data;

public class DicomDatasetConversionTests
{
    public static TheoryData<string> CharsetFiles => [.. CorpusFolder.Files(f => f.StartsWith("charset/", StringComparison.Ordinal))];

    [Fact]
    public void WithCharacterSet_ItemsThatDeclareTheirOwn_DeclareNothingAfterwards()
    {
        var own = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 144").SetString(DicomTag.PatientName, "Люк");
        var inherits = new DicomDataset();
        var root = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetString(DicomTag.PatientName, "Müller").SetSequence(DicomTag.ReferencedStudySequence, own, inherits);
        inherits.SetString(DicomTag.PatientName, "Jérôme");

        var converted = root.WithCharacterSet(DicomCharacterSet.Utf8);

        Assert.Equal("ISO_IR 192", converted.GetString(DicomTag.SpecificCharacterSet));
        var items = converted.GetSequence(DicomTag.ReferencedStudySequence)!.Items;
        Assert.All(items, item => Assert.False(item.Contains(DicomTag.SpecificCharacterSet)));
        Assert.Equal(["Müller", "Люк", "Jérôme"], new[] { converted, items[0], items[1] }.Select(d => d.GetString(DicomTag.PatientName)));
        Assert.Equal(Bytes.Hex("D0 9B D1 8E D0 BA"), items[0].GetBytes(DicomTag.PatientName)!.Value.ToArray());
        Assert.Equal("Люк", own.GetString(DicomTag.PatientName));
        Assert.Same(root, own.OwnerSequence!.Owner);
    }

    [Fact]
    public void WithCharacterSet_TextThatDoesNotFit_FailsByTagOrIsReplaced()
    {
        var root = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetSequence(DicomTag.ReferencedStudySequence, new DicomDataset());
        var item = root.GetSequence(DicomTag.ReferencedStudySequence)!.Items[0].SetString(DicomTag.PatientName, "Müller=山");

        Assert.False(root.FitsCharacterSet(DicomCharacterSet.Latin1));
        Assert.Equal(DicomTag.PatientName, Assert.Throws<DicomDataException>(() => root.WithCharacterSet(DicomCharacterSet.Latin1)).Tag);
        var replaced = root.WithCharacterSet(DicomCharacterSet.Latin1, DicomUnencodable.Replace);
        Assert.Equal("Müller=?", replaced.GetSequence(DicomTag.ReferencedStudySequence)!.Items[0].GetString(DicomTag.PatientName));
        item.SetString(DicomTag.PatientName, "Müller");
        Assert.True(root.FitsCharacterSet(DicomCharacterSet.Latin1));
    }

    [Fact]
    public void WithCharacterSet_BytesThatMeanNothing_FailOrAreReplaced()
    {
        var root = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0x4A, 0xE9 });

        Assert.False(root.FitsCharacterSet(DicomCharacterSet.Parse("GB18030")));
        Assert.Throws<DicomDataException>(() => root.WithCharacterSet(DicomCharacterSet.Parse("GB18030")));
        Assert.Equal("J?", root.WithCharacterSet(DicomCharacterSet.Latin1, DicomUnencodable.Replace).GetString(DicomTag.PatientName));
    }

    [Fact]
    public void WithCharacterSet_Undeclared_LeavesTheDefaultRepertoireWithoutDeclaration()
    {
        var root = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192").SetString(DicomTag.PatientName, "Doe");

        Assert.False(root.WithCharacterSet(DicomCharacterSet.Undeclared).Contains(DicomTag.SpecificCharacterSet));
        root.SetString(DicomTag.PatientName, "Müller");
        Assert.Throws<DicomDataException>(() => root.WithCharacterSet(DicomCharacterSet.Undeclared));
    }

    [Fact]
    public void WithCharacterSet_NothingDeclared_IsReadByTheFallback()
    {
        var root = new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0xD5, 0xC5 });
        Assert.Equal("ÕÅ", root.WithCharacterSet(DicomCharacterSet.Utf8).GetString(DicomTag.PatientName));

        root.FallbackCharacterSet = DicomCharacterSet.Parse("GBK");

        Assert.Equal("张", root.WithCharacterSet(DicomCharacterSet.Utf8).GetString(DicomTag.PatientName));
        Assert.Equal([0xD5, 0xC5], root.GetBytes(DicomTag.PatientName)!.Value.ToArray());
    }

    [Fact]
    public void WithCharacterSet_ElementsReadAsUN_BecomeTextWhereTheDictionaryKnowsThem()
    {
        var root = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetValue(DicomTag.PatientName, DicomVR.UN, new byte[] { 0x4A, 0xE9 })
            .SetValue(new DicomTag(0x0009, 0x1001), DicomVR.UN, new byte[] { 0x4A, 0xE9 });

        var converted = root.WithCharacterSet(DicomCharacterSet.Utf8);

        Assert.Equal(DicomVR.PN, converted[DicomTag.PatientName].VR);
        Assert.Equal("Jé", converted.GetString(DicomTag.PatientName));
        Assert.Equal([0x4A, 0xE9], converted.GetBytes(new DicomTag(0x0009, 0x1001))!.Value.ToArray());
    }

    [Theory]
    [InlineData("ISO_IR 13", "A\\B‾", "ISO_IR 192")]
    [InlineData("ISO_IR 13", "A\\B", "ISO_IR 100")]
    [InlineData("ISO_IR 192", "山田^太郎", @"\ISO 2022 IR 87")]
    [InlineData(@"\ISO 2022 IR 149", "洪^吉洞", "ISO_IR 192")]
    public void WithCharacterSet_SetsThatAreNotAsciiAtTheLeft_KeepTheText(string from, string text, string to)
    {
        var source = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, from.Split('\\')).SetString(DicomTag.PatientName, text);

        var converted = source.WithCharacterSet(DicomCharacterSet.Parse(to.Split('\\')));

        Assert.Equal(text.Split('\\'), converted.GetStrings(DicomTag.PatientName));
    }

    [Fact]
    public void WithCharacterSet_WindowsBytesInLatin1_ComeBackAsTheyWere()
    {
        var source = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0x4F, 0x92, 0x42, 0x20 });

        var back = source.WithCharacterSet(DicomCharacterSet.Utf8).WithCharacterSet(DicomCharacterSet.Latin1);

        Assert.Equal([0x4F, 0x92, 0x42, 0x20], back.GetBytes(DicomTag.PatientName)!.Value.ToArray());
    }

    [Theory]
    [InlineData("ISO-IR 100", "ISO_IR 100")]
    [InlineData("ISO 2022 IR 100", "ISO_IR 100")]
    [InlineData("utf8", "ISO_IR 192")]
    [InlineData(@"ISO_IR 6\ISO_IR 192", "ISO_IR 192")]
    [InlineData(@"\iso2022ir87\ISO-2022-IR-159", @"\ISO 2022 IR 87\ISO 2022 IR 159")]
    [InlineData("ISO 2022 IR 149", @"\ISO 2022 IR 149")]
    [InlineData(@"ISO_IR 13\ISO 2022 IR 87", @"ISO 2022 IR 13\ISO 2022 IR 87")]
    [InlineData(@"ISO_IR 6\ISO_IR 100", @"ISO 2022 IR 6\ISO 2022 IR 100")]
    [InlineData(@"ISO_IR 100\ISO_IR 100", "ISO_IR 100")]
    [InlineData("ISO_IR 6", "ISO_IR 6")]
    public void DefinedTerms_OfTermsAsMet_AreThoseOfTheStandard(string given, string defined) =>
        Assert.Equal(defined, string.Join('\\', DicomCharacterSet.Parse(given.Split('\\')).DefinedTerms));

    [Fact]
    public void CanEncode_TextInEachSet_IsWhatEncodeDoes()
    {
        string[] texts = ["", "Doe^J=x\\y", "é", "Лю", "山", "한", "张", "ﾀ", "~¥‾", "\u0085", "\u001b", "\t\r\n", "😀", "\uD800", "€", "\uFFFD"];
        string[] sets = ["", "ISO_IR 6", "ISO_IR 100", "ISO_IR 13", "ISO_IR 203", "ISO_IR 192", "GBK", "GB18030", @"\ISO 2022 IR 87", @"\ISO 2022 IR 149", @"ISO 2022 IR 100\ISO 2022 IR 144"];
        foreach (var set in sets.Select(s => DicomCharacterSet.Parse(s.Split('\\'))))
        {
            foreach (var vr in new[] { DicomVR.PN, DicomVR.LO, DicomVR.UT })
            {
                Assert.All(texts, text => Assert.Equal(
                    Record.Exception(() => set.Encode([text], vr)) is null, set.CanEncode([text], vr)));
            }
        }
    }

    [Fact]
    public void FallbackCharacterSet_OfReadOptions_ReachesEveryWayOfReading()
    {
        var gbk = DicomCharacterSet.Parse("GBK");
        var source = new DicomDataset().SetString(DicomTag.SOPClassUID, "1.2").SetString(DicomTag.SOPInstanceUID, "1.3")
            .SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0xD5, 0xC5 })
            .SetSequence(DicomTag.ReferencedStudySequence, new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0xD5, 0xC5 }));
        var options = new DicomReadOptions { FallbackCharacterSet = gbk };
        using var bytes = new MemoryStream();
        new DicomFile(source, DicomTransferSyntax.ExplicitVRLittleEndian).Save(bytes);
        using var plain = new MemoryStream();
        DicomWriter.WriteDataset(plain, source, DicomTransferSyntax.DeflatedExplicitVRLittleEndian);
        using var scanner = new DicomHeaderScanner(
            DicomTransferSyntax.DeflatedExplicitVRLittleEndian, new() { FallbackCharacterSet = gbk, IsWanted = _ => true });
        scanner.Push(plain.ToArray());
        scanner.Finish();
        bytes.Position = plain.Position = 0;

        DicomDataset[] read =
        [
            DicomFile.Open(bytes, options).Dataset,
            DicomReader.ReadDataset(plain, DicomTransferSyntax.DeflatedExplicitVRLittleEndian, options),
            DicomReader.ReadDataset(plain.ToArray(), DicomTransferSyntax.DeflatedExplicitVRLittleEndian, options),
            scanner.Header,
        ];

        Assert.All(read, dataset =>
        {
            Assert.Equal("张", dataset.GetString(DicomTag.PatientName));
            Assert.Equal("张", dataset.GetSequence(DicomTag.ReferencedStudySequence)!.Items[0].GetString(DicomTag.PatientName));
            Assert.Equal([0xD5, 0xC5], dataset.GetBytes(DicomTag.PatientName)!.Value.ToArray());
            Assert.False(dataset.Contains(DicomTag.SpecificCharacterSet));
        });
    }

    [CorpusTheory]
    [MemberData(nameof(CharsetFiles))]
    public void WithCharacterSet_RealFileToUtf8AndBack_HasTheTextItHad(string name)
    {
        var source = DicomFile.Open(CorpusFolder.FullPath(name)).Dataset;

        var utf8 = source.WithCharacterSet(DicomCharacterSet.Utf8);

        Assert.Equal(Texts(source), Texts(utf8));

        // Where items declare a set of their own, the one at the top need not have their text.
        if (!name.Contains("nested", StringComparison.Ordinal))
            Assert.Equal(Texts(source), Texts(utf8.WithCharacterSet(source.CharacterSet)));
    }

    [DcmtkFact]
    public async Task WithCharacterSet_CorpusFiles_AreWhatDcmconvMakesOfThem()
    {
        if (CorpusFolder.Path is null)
            return;
        var compared = 0;
        var folder = Directory.CreateTempSubdirectory("noctis-dcmconv-");
        try
        {
            foreach (var name in CorpusFolder.Files(f => f.StartsWith("charset/", StringComparison.Ordinal)))
            {
                var theirs = Path.Combine(folder.FullName, Path.GetFileName(name));
                var (exit, output) = await DcmtkTool.RunAsync("dcmconv", "+U8", CorpusFolder.FullPath(name), theirs);

                // Debian's dcmtk converts with the C library's iconv, which has no Japanese by escape sequences.
                if (exit != 0 && (name is "charset/japanese-ir87.dcm" or "charset/nested-charset-override-utf8.dcm"))
                    continue;
                Assert.True(exit == 0, $"{name}: {output}");
                var ours = DicomFile.Open(CorpusFolder.FullPath(name)).Dataset.WithCharacterSet(DicomCharacterSet.Utf8);

                Assert.Equal(Utf8Bytes(DicomFile.Open(theirs).Dataset), Utf8Bytes(ours));
                compared++;
            }

            Assert.InRange(compared, 8, int.MaxValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<string> Texts(DicomDataset dataset) => [.. dataset.SelectMany(element => element switch
    {
        DicomSequence sequence => sequence.Items.SelectMany(Texts),
        DicomValueElement { VR.UsesSpecificCharacterSet: true } => [$"{element.Tag} {string.Join('\\', dataset.GetStrings(element.Tag))}"],
        _ => [],
    })];

    /// <summary>The value fields of texts, without padding, which tools count differently.</summary>
    private static List<string> Utf8Bytes(DicomDataset dataset) => [.. dataset.SelectMany(element => element switch
    {
        DicomSequence sequence => sequence.Items.SelectMany(Utf8Bytes),
        DicomValueElement { VR.UsesSpecificCharacterSet: true } value =>
            [$"{element.Tag} {Convert.ToHexString(value.Value.Span.TrimEnd((byte)' '))}"],
        _ => [],
    })];
}
