using System.Text.RegularExpressions;
using Bunit;
using Noctis.Archive.Journal;
using Noctis.Portal.Help;

namespace Noctis.Portal.Tests.Help;

/// <summary>docs/troubleshooting.md and the journal's codes speak of the same things.</summary>
public sealed partial class TroubleshootingGuideTests
{
    private static readonly JournalCode[] Codes = [.. Enum.GetValues<JournalCode>().Where(code => code != JournalCode.None)];

    [Fact]
    public void Guide_EveryCode_HasAParagraphAndEveryParagraphACode()
    {
        var anchors = Anchors();

        Assert.Equal(anchors.Distinct(), anchors);
        // A new code needs a paragraph in docs/troubleshooting.md: ### <a id="its-name"></a>Its heading.
        Assert.Equal(
            Codes.Select(TroubleshootingGuide.AnchorOf).Concat(TroubleshootingGuide.OtherAnchors).Order(StringComparer.Ordinal),
            anchors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Guide_EveryParagraph_HasSymptomCauseAndRemedy()
    {
        var paragraphs = TroubleshootingGuide.Text.Split("\n### ")[1..];

        Assert.Equal(Anchors().Count, paragraphs.Length);
        Assert.All(paragraphs, text => Assert.All(["**On the scanner:**", "**Here:**", "**Cause:**", "**Remedy:**"], part => Assert.Contains(part, text, StringComparison.Ordinal)));
    }

    [Fact]
    public void AddressOf_Code_IsItsAnchorOnThePage()
    {
        Assert.Equal("/help/troubleshooting#called-title-wrong", TroubleshootingGuide.AddressOf(JournalCode.CalledTitleWrong));
        Assert.Equal("/help/troubleshooting", TroubleshootingGuide.AddressOf(JournalCode.None));
    }

    [Fact]
    public async Task Page_Rendered_HasEveryAnchorAsAnElement()
    {
        await using var context = new BunitContext();

        var page = context.Render<TroubleshootingPage>();

        Assert.Single(page.FindAll("h1"));
        Assert.All(Codes, code => Assert.NotNull(page.Find($"h3 > #{TroubleshootingGuide.AnchorOf(code)}")));
    }

    private static List<string> Anchors() => [.. Paragraph().Matches(TroubleshootingGuide.Text).Select(match => match.Groups["anchor"].Value)];

    [GeneratedRegex("^### <a id=\"(?<anchor>[a-z-]+)\"></a>(?=\\S)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Paragraph();
}
