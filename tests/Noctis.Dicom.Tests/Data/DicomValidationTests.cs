using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomValidationTests
{
    [Theory]
    [InlineData("AE", "STORE_SCU")]
    [InlineData("AS", "018M")]
    [InlineData("CS", "ORIGINAL ")]
    [InlineData("DA", "20240229")]
    [InlineData("DS", "-1.5E-3 ")]
    [InlineData("DS", " .5")]
    [InlineData("DT", "20240229120000.123456+0100")]
    [InlineData("DT", "2024")]
    [InlineData("IS", "-2147483648 ")]
    [InlineData("LO", "  anything at all ")]
    [InlineData("LT", "line\r\nline\ttab\f")]
    [InlineData("PN", "Adams^John^Q^Dr^MD=A=B ")]
    [InlineData("SH", "0123456789ABCDEF  ")]
    [InlineData("TM", "235960.000001 ")]
    [InlineData("UI", "1.2.3\0")]
    [InlineData("UR", "http://example.org/a ")]
    [InlineData("UC", "x")]
    [InlineData("CS", "  ")]
    public void Validate_ValueWithinTheRules_IsSilent(string vr, string value) => Assert.DoesNotContain(
        Private(vr, Bytes.Of(value)).Validate(), i => !i.Message.Contains("odd", StringComparison.Ordinal));

    [Theory]
    [InlineData("AE", "  ")]
    [InlineData("AE", "SEVENTEENLETTERSX")]
    [InlineData("AE", "A\tB")]
    [InlineData("AS", "18M")]
    [InlineData("CS", "original")]
    [InlineData("CS", "SEVENTEEN_LETTERS")]
    [InlineData("DA", "2024.02.29")]
    [InlineData("DA", "20230229")]
    [InlineData("DS", "1,5")]
    [InlineData("DS", "12345678901234567")]
    [InlineData("DS", "1e999")]
    [InlineData("DT", "20240229 1")]
    [InlineData("DT", "2024022")]
    [InlineData("IS", "2147483648")]
    [InlineData("IS", "1.0")]
    [InlineData("LO", "a\nb")]
    [InlineData("LT", "a\u0007b")]
    [InlineData("PN", "A=B=C=D")]
    [InlineData("PN", "A^B^C^D^E^F")]
    [InlineData("SH", "0123456789ABCDEFG")]
    [InlineData("TM", "12:30")]
    [InlineData("TM", "1")]
    [InlineData("UI", "1.02")]
    [InlineData("UI", "1.2.3 ")]
    [InlineData("UR", " http://example.org")]
    [InlineData("US", "abc")]
    [InlineData("FD", "abcd")]
    [InlineData("LO", "\u00e9")]
    public void Validate_ValueAgainstTheRules_NamesTheRuleAndNotTheValue(string vr, string value)
    {
        var issues = Private(vr, Bytes.Of(value)).Validate();

        Assert.Contains(issues, i => i.Tag == PrivateTag && i.Message.Contains("PS3.5", StringComparison.Ordinal));
        Assert.All(issues, i => Assert.StartsWith("(0009,1001)", i.Path, StringComparison.Ordinal));
        Assert.True(value.Trim().Length < 3 || issues.All(i => !i.Message.Contains(value.Trim(), StringComparison.Ordinal)));
    }

    [Fact]
    public void Validate_BrokenElementsInItems_AreNamedByTheirPath()
    {
        var item = new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "1.02");
        var dataset = new DicomDataset().SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset(), item);

        var issue = Assert.Single(dataset.Validate());

        Assert.Equal("(0008,1140)[1].(0008,1155)", issue.Path);
        Assert.StartsWith("ReferencedSOPInstanceUID: ", issue.Message, StringComparison.Ordinal);
        Assert.Equal($"{issue.Path} {issue.Message}", issue.ToString());
    }

    [Fact]
    public void Validate_CountRepresentationCreatorAndTerm_AreChecked()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "KLINGON")
            .SetString(DicomTag.PixelSpacing, "1")
            .SetValue(DicomTag.PatientID, DicomVR.US, new byte[] { 1, 0 })
            .SetValue(new DicomTag(0x0009, 0x1001), DicomVR.LO, "X "u8.ToArray())
            .AddOrUpdate(new DicomValueElement(DicomTag.StudyID, DicomVR.SH, "abc"u8.ToArray()));

        Assert.Equal(
            [DicomTag.SpecificCharacterSet, new DicomTag(0x0009, 0x1001), DicomTag.PatientID, DicomTag.StudyID, DicomTag.PixelSpacing],
            dataset.Validate().Select(i => i.Tag).Distinct());
    }

    private static readonly DicomTag PrivateTag = new(0x0009, 0x1001);

    private static DicomDataset Private(string vr, byte[] value) => new(
        new DicomValueElement(new DicomTag(0x0009, 0x0010), DicomVR.LO, "TEST"u8.ToArray()),
        new DicomValueElement(PrivateTag, DicomVR.Lookup(vr)!, value));
}
