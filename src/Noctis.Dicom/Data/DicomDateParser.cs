using System.Globalization;

namespace Noctis.Dicom.Data;

internal static class DicomDateParser
{
    internal static bool TryParseDate(string text, out DateOnly date) => DateOnly.TryParseExact(
        text.Trim(), ["yyyyMMdd", "yyyy.MM.dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    internal static bool TryParseTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(
        text.Trim(), ["HHmmss.FFFFFF", "HHmmss", "HHmm", "HH", "HH:mm:ss", "HH:mm:ss.FFFFFF", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
