using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>Values of the default character repertoire (PS3.5 6.1.2.1), for representations that no character set touches.</summary>
internal static class AsciiText
{
    /// <summary>The values of a field parted by backslashes, each without padding. Bytes above 127 read as Latin-1.</summary>
    internal static string[] Split(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return [];
        var parts = Encoding.Latin1.GetString(value).Split('\\');
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Trim(parts[i]);
        return parts;
    }

    /// <summary>Without leading spaces and without trailing spaces and zero bytes.</summary>
    internal static string Trim(string value) => value.TrimEnd(' ', '\0').TrimStart(' ');
}
