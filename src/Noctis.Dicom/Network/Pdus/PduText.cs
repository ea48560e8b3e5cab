using System.Text;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>AE titles, UIDs and names as they stand in associate PDUs.</summary>
internal static class PduText
{
    public const int AETitleLength = 16;

    /// <summary>
    /// Decodes text of the ISO 646 basic G0 set and trims the spaces around it (PS3.8 9.3.2: "leading and trailing spaces being
    /// non-significant"). A byte outside the set becomes U+FFFD: the text matches nothing, is safe to log, and is refused with
    /// a reason instead of an abort.
    /// </summary>
    /// <remarks>
    /// Deviates from PS3.8 9.3.2 and Annex F because devices are in use that pad with NUL: NULs at the end are trimmed too.
    /// </remarks>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd("\0 "u8).TrimStart((byte)' ');
        if (bytes.IsEmpty)
            return "";

        return string.Create(bytes.Length, bytes, static (text, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                text[i] = source[i] is >= 0x20 and <= 0x7E ? (char)source[i] : '\uFFFD';
        });
    }

    public static void EncodeAETitle(string title, Span<byte> destination)
    {
        destination.Fill((byte)' ');
        if (title.Length > AETitleLength)
            throw new ArgumentException($"The AE title '{title}' is longer than 16 characters.", nameof(title));
        Encode(title, destination);
    }

    public static void Encode(string text, Span<byte> destination)
    {
        if (!Ascii.IsValid(text))
            throw new ArgumentException($"'{text}' has characters outside ISO 646.", nameof(text));
        Encoding.ASCII.GetBytes(text, destination);
    }
}
