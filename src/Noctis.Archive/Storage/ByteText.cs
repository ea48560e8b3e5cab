using System.Globalization;

namespace Noctis.Archive.Storage;

/// <summary>Sizes in sentences of the archive: "812 B", "1.4 GB", thousands as on the label of a disk.</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    public static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        // 999.95 would round to "1000 MB".
        while (Math.Abs(value) >= 999.95 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
