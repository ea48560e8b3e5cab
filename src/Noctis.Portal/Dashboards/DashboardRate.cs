using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>The time that rates are told by: the smallest by which people can read the figures.</summary>
/// <param name="Suffix">After a figure: "/s".</param>
/// <param name="Words">In a title: "a second".</param>
/// <param name="Length">Null for what is counted by whole days or weeks: a day that runs is not made up to a whole one.</param>
public sealed record DashboardRate(string Suffix, string Words, TimeSpan? Length)
{
    private static readonly DashboardRate Second = new("/s", "a second", TimeSpan.FromSeconds(1));
    private static readonly DashboardRate Minute = new("/min", "a minute", TimeSpan.FromMinutes(1));
    private static readonly DashboardRate Hour = new("/h", "an hour", TimeSpan.FromHours(1));
    private static readonly DashboardRate Day = new(" a day", "a day", null);
    private static readonly DashboardRate Week = new(" a week", "a week", null);

    public static DashboardRate For(DashboardRange range, IReadOnlyList<DashboardStep> steps)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(steps);
        if (range.IsByDays)
            return range.Step.TotalDays > 1 ? Week : Day;
        var highest = steps.Count == 0 ? 0 : steps.Max(step => step.Traffic.Images / step.Length.TotalSeconds);
        return highest is 0 or >= 0.5 ? Second : highest * 60 >= 0.5 ? Minute : Hour;
    }

    public double Of(long amount, DashboardStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Length is { } length ? amount * (length / step.Length) : amount;
    }

    public string Images(double rate) => Number(rate) + Suffix;

    public string Bytes(double rate) => SizeText.Of((long)rate) + Suffix;

    /// <summary>"0.25", "7.5", "41,906"</summary>
    public static string Number(double value) => value.ToString(value < 1 ? "0.##" : value < 10 ? "0.#" : "N0", Viewer.Culture);
}
