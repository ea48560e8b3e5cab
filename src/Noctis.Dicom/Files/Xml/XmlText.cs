using System.Xml;

namespace Noctis.Dicom.Files.Xml;

/// <summary>Text for XML 1.0, which cannot hold every character (XML 1.0, 2.2), not even as a reference.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with U+FFFD in place of control characters but TAB, LF and CR, of U+FFFE, U+FFFF and of halves of surrogate pairs.</summary>
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsAllowed(text, ref i))
                return string.Create(text.Length, text, Fill);
        }

        return text;
    }

    private static void Fill(Span<char> cleaned, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var first = i;
            var isAllowed = IsAllowed(text, ref i);
            for (; first <= i; first++)
                cleaned[first] = isAllowed ? text[first] : Replacement;
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
