using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Portal.Components;

namespace Noctis.Portal.Studies;

/// <summary>One line of the tag tree: an element, or an item of a sequence with the elements in it.</summary>
/// <param name="Tag">"(0010,0010)"; empty for an item.</param>
/// <param name="VR">Value representation; empty for an item.</param>
/// <param name="Name">As PS3.6 calls it; for a private element its creator; "Item 1" for an item.</param>
/// <param name="Value">Decoded; shortened where it is long.</param>
/// <param name="IsPrivate">Whether the standard knows nothing of it.</param>
/// <param name="Children">Items of a sequence, or elements of an item.</param>
public sealed record TagNode(string Tag, string VR, string Name, string Value, bool IsPrivate, IReadOnlyList<TagNode> Children)
{
    private const int LongestText = 400;
    private const int ShownBytes = 24;

    public static IReadOnlyList<TagNode> Of(DicomDataset dataset) => [.. dataset.Select(element => Of(element, dataset))];

    /// <summary>What is left of the tree when only lines with the text, and the lines around them, stay; null when nothing does.</summary>
    public TagNode? Matching(string text)
    {
        if (Contains(Tag) || Contains(Name) || Contains(Value) || Contains(VR) || Contains(Tag.Replace(",", "", StringComparison.Ordinal).Trim('(', ')')))
            return this;
        var children = Children.Select(child => child.Matching(text)).OfType<TagNode>().ToList();
        return children.Count == 0 ? null : this with { Children = children };

        bool Contains(string part) => part.Contains(text, StringComparison.CurrentCultureIgnoreCase);
    }

    private static TagNode Of(DicomElement element, DicomDataset owner)
    {
        IReadOnlyList<TagNode> children = element is DicomSequence sequence
            ? [.. sequence.Items.Select((item, index) => new TagNode("", "", $"Item {index + 1}", SizeText.Count(item.Count, "element"), false, Of(item)))]
            : [];
        return new TagNode(element.Tag.ToString(), element.VR.Code, NameOf(element.Tag, owner), ValueOf(element, owner), element.Tag.IsPrivate, children);
    }

    private static string NameOf(DicomTag tag, DicomDataset owner)
    {
        if (DicomDictionary.Find(tag) is { } entry)
            return entry.Name;
        if (tag.PrivateCreatorTag is { } creator && owner.GetString(creator) is { } name)
            return $"Private: {name}";
        return tag.IsPrivate ? "Private, without a creator" : "Unknown";
    }

    private static string ValueOf(DicomElement element, DicomDataset owner) => element switch
    {
        DicomSequence sequence => SizeText.Count(sequence.Items.Count, "item"),
        DicomFragmentSequence fragments => $"{SizeText.Count(fragments.Fragments.Count, "fragment")}",
        DicomDeferredElement deferred => SizeText.Of(deferred.Length),
        DicomValueElement { IsEmpty: true } => "",
        DicomValueElement value when owner.GetStrings(value.Tag) is { Count: > 0 } texts => Shorten(string.Join(" \\ ", texts.Take(64))),
        DicomValueElement value => Bytes(value.Value.Span),
        _ => "",
    };

    private static string Bytes(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(Convert.ToHexString(value[..Math.Min(value.Length, ShownBytes)]));
        for (var i = text.Length - 2; i > 0; i -= 2)
            text.Insert(i, ' ');
        return value.Length <= ShownBytes ? text.ToString() : $"{text} … ({SizeText.Of(value.Length)})";
    }

    private static string Shorten(string text) =>
        text.Length <= LongestText ? text : $"{text[..LongestText]} … ({SizeText.Count(text.Length, "character")})";
}
