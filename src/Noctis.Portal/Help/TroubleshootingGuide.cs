using System.Text;
using Markdig;
using Noctis.Archive.Journal;

namespace Noctis.Portal.Help;

/// <summary>
/// The guide of docs/troubleshooting.md, which is built into the portal so that messages can lead to it where there is no internet.
/// Each code of the journal has a paragraph, whose anchor is the code's name: CalledTitleWrong is at #called-title-wrong. Names of
/// codes are stored and therefore stable, and so are the anchors.
/// </summary>
public static class TroubleshootingGuide
{
    /// <summary>The address of the page.</summary>
    public const string Address = "/help/troubleshooting";

    /// <summary>Anchors of what leaves no row in the journal, because it never reached the server or is no failure here.</summary>
    public static readonly IReadOnlyList<string> OtherAnchors = ["no-answer", "connection-refused", "images-missing"];

    private const string Resource = "troubleshooting.md";

    private static readonly Lazy<string> Rendered = new(Render);

    /// <summary>The guide as it is written.</summary>
    public static string Text { get; } = Read();

    /// <summary>The guide as HTML. It is ours, so it may be shown as it is.</summary>
    public static string Html => Rendered.Value;

    /// <summary>Where the guide speaks of a cause; its beginning when there is none.</summary>
    public static string AddressOf(JournalCode code) => code == JournalCode.None ? Address : $"{Address}#{AnchorOf(code)}";

    /// <summary>"CalledTitleWrong" gives "called-title-wrong".</summary>
    public static string AnchorOf(JournalCode code)
    {
        var anchor = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && anchor.Length > 0)
                anchor.Append('-');
            anchor.Append(char.ToLowerInvariant(letter));
        }

        return anchor.ToString();
    }

    // Without its first line, the heading, which the page says itself.
    private static string Render() => Markdown.ToHtml(Text[Text.IndexOf('\n', StringComparison.Ordinal)..]);

    private static string Read()
    {
        using var stream = typeof(TroubleshootingGuide).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not built into the portal.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
