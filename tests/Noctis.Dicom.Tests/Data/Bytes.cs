using System.Text;

namespace Noctis.Dicom.Tests.Data;

/// <summary>Byte strings as the standard's annexes print them.</summary>
internal static class Bytes
{
    /// <summary>Latin-1 text, so that "\u001b$)C\u00fb\u00f3" is ESC 24 29 43 FB F3.</summary>
    internal static byte[] Of(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>Hexadecimal, blanks allowed.</summary>
    internal static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
