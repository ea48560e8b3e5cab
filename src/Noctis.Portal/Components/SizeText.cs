using Noctis.Portal.Layout;

namespace Noctis.Portal.Components;

/// <summary>Sizes, speeds and counts as people say them: thousands as on the label of a disk.</summary>
public static class SizeText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>"812 B", "61 MB", "1.4 GB", "1.42 TB": three digits at most.</summary>
    public static string Of(long bytes)
    {
        double value = bytes;
        var unit = 0;
        // 999.5 would round to "1000 MB".
        while (Math.Abs(value) >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        var format = unit switch
        {
            0 => "0",
            1 or 2 => Math.Abs(value) < 10 ? "0.#" : "0",
            _ => Math.Abs(value) switch { < 10 => "0.##", < 100 => "0.#", _ => "0" },
        };
        return $"{value.ToString(format, Viewer.Culture)} {Units[unit]}";
    }

    public static string PerSecond(double bytesPerSecond) => Of((long)bytesPerSecond) + "/s";

    /// <summary>"41,906"</summary>
    public static string Count(long number) => number.ToString("N0", Viewer.Culture);

    /// <summary>"1 image", "2,041 images"</summary>
    public static string Count(long number, string unit) => Count(number, unit, unit + "s");

    /// <summary>For words with a plural of their own: "1 study", "128 studies"</summary>
    public static string Count(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";
}
