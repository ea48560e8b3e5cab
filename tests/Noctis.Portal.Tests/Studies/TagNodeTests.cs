using Noctis.Dicom.Data;
using Noctis.Portal.Studies;

namespace Noctis.Portal.Tests.Studies;

public class TagNodeTests
{
    [Fact]
    public void Of_KnownElement_NamesItAsTheDictionary()
    {
        var node = Assert.Single(TagNode.Of(new DicomDataset().SetString(DicomTag.PatientID, "P-1")));

        Assert.Equal(("(0010,0020)", "LO", "Patient ID", "P-1", false), (node.Tag, node.VR, node.Name, node.Value, node.IsPrivate));
    }

    [Fact]
    public void Of_PrivateElement_NamesItsCreator()
    {
        var dataset = new DicomDataset(
            new DicomValueElement(new DicomTag(0x0029, 0x0010), DicomVR.LO, "ACME 1"u8.ToArray()),
            new DicomValueElement(new DicomTag(0x0029, 0x1008), DicomVR.UN, new byte[] { 1, 0xAB }));

        var node = TagNode.Of(dataset)[1];

        Assert.True(node.IsPrivate);
        Assert.Equal("Private: ACME 1", node.Name);
        Assert.Equal("01 AB", node.Value);
    }

    [Fact]
    public void Of_Sequence_HasItemsWithElements()
    {
        var item = new DicomDataset().SetString(DicomTag.CodeValue, "T-1");
        var node = Assert.Single(TagNode.Of(new DicomDataset(new DicomSequence(DicomTag.ProcedureCodeSequence, item))));

        Assert.Equal("1 item", node.Value);
        Assert.Equal("Item 1", Assert.Single(node.Children).Name);
        Assert.Equal("T-1", Assert.Single(node.Children[0].Children).Value);
    }

    [Fact]
    public void Of_LongText_IsShortened()
    {
        var dataset = new DicomDataset().SetString(DicomTag.TextValue, new string('x', 300_000));

        var value = Assert.Single(TagNode.Of(dataset)).Value;

        Assert.EndsWith("(300,000 characters)", value, StringComparison.Ordinal);
        Assert.True(value.Length < 500);
    }

    [Theory]
    [InlineData("code value", true)]
    [InlineData("(0008,0100)", true)]
    [InlineData("00080100", true)]
    [InlineData("T-1", true)]
    [InlineData("patient", false)]
    public void Matching_NestedElement_IsFoundWithThePathToIt(string text, bool isFound)
    {
        var sequence = new DicomSequence(
            DicomTag.ProcedureCodeSequence,
            new DicomDataset().SetString(DicomTag.CodeValue, "T-1"),
            new DicomDataset().SetString(DicomTag.CodeMeaning, "Other"));
        var node = Assert.Single(TagNode.Of(new DicomDataset(sequence))).Matching(text);

        Assert.Equal(isFound, node is not null);
        if (isFound)
            Assert.Equal("T-1", Assert.Single(Assert.Single(node!.Children).Children).Value);
    }
}
