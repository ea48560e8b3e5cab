using System.Xml;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Xml;

/// <summary>Text for XML 1.0, which cannot hold every character (XML 1.0, 2.2), not even as a reference.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with a replacement for control characters but TAB, LF and CR, for U+FFFE, U+FFFF and for halves of surrogate
    /// pairs: U+FFFD, or a question mark where the representation has characters of the default repertoire only.
    /// </summary>
    public static string Clean(string text, DicomVR? vr = null)
    {
        var replacement = vr is { UsesSpecificCharacterSet: false } ? '?' : Replacement;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsAllowed(text, ref i))
                return string.Create(text.Length, (text, replacement), Fill);
        }

        return text;
    }

    private static void Fill(Span<char> cleaned, (string Text, char Replacement) from)
    {
        for (var i = 0; i < from.Text.Length; i++)
        {
            var first = i;
            var isAllowed = IsAllowed(from.Text, ref i);
            for (; first <= i; first++)
                cleaned[first] = isAllowed ? from.Text[first] : from.Replacement;
        }
    }

    /// <summary>Of a surrogate pair the index moves on to the second half.</summary>
    private static bool IsAllowed(string text, ref int i)
    {
        if (XmlConvert.IsXmlChar(text[i]))
            return true;
        if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            return false;
        i++;
        return true;
    }
}
