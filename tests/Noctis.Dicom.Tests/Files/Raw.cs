using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Tests.Files;

/// <summary>Bytes written the way a hex dump reads: hexadecimal, and characters in quotes. "10 00 10 00 'PN' 02 00 'A '".</summary>
internal static class Raw
{
    public static byte[] Bytes(params string[] lines)
    {
        var bytes = new List<byte>();
        foreach (var line in lines)
        {
            var parts = line.Split('\'');
            for (var i = 0; i < parts.Length; i++)
            {
                if (i % 2 == 1)
                {
                    bytes.AddRange(Encoding.Latin1.GetBytes(parts[i]));
                    continue;
                }

                var digits = parts[i].Replace(" ", "", StringComparison.Ordinal);
                for (var at = 0; at < digits.Length; at += 2)
                    bytes.Add(byte.Parse(digits.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }

        return [.. bytes];
    }

    /// <summary>128 bytes, DICM, and a meta group that names a transfer syntax.</summary>
    public static byte[] FileHead(string transferSyntax)
    {
        var uid = transferSyntax.Length % 2 == 0 ? transferSyntax : transferSyntax + '\0';
        return
        [
            .. new byte[128],
            .. Bytes("'DICM' 02 00 00 00 'UL' 04 00", $"{uid.Length + 8:X2} 00 00 00", $"02 00 10 00 'UI' {uid.Length:X2} 00 '{uid}'"),
        ];
    }
}
