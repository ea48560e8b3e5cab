using Noctis.Archive.Traffic;
using Noctis.Portal.Components;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Dashboards;

/// <summary>A stretch of traffic as a dashboard shows it: its charts, the marks below them, and the same as rows of a table.</summary>
public sealed record DashboardCharts(DashboardRange Range, IReadOnlyList<DashboardStep> Steps, DashboardRate Rate, TrafficPoint Total, Viewer Viewer)
{
    private const int Marks = 4;

    public bool IsEmpty => Total is { Associations: 0, Images: 0, Refusals: 0, Errors: 0 };

    public DashboardChart Associations => Chart("associations", "Associations at a time", step => step.Traffic.PeakAssociations, value => $"{DashboardRate.Number(value)} open",
        SizeText.Count(Total.Associations, "association"), "No association") with
    { IsCounted = true };

    public DashboardChart Images => Chart("images", $"Images {Rate.Words}", step => Rate.Of(step.Traffic.Images, step), Rate.Images, SizeText.Count(Total.Images, "image"), "No image");

    public DashboardChart Data => Chart("data", $"Data {Rate.Words}", step => Rate.Of(step.Traffic.Bytes, step), Rate.Bytes, SizeText.Of(Total.Bytes), "No data");

    public DashboardChart Time => Chart("time", "Time per image", step => step.Traffic.MsPerImage, Milliseconds,
        Total.MsPerImage is { } ms ? $"{Milliseconds(ms)} on average" : "–", "No image");

    public DashboardChart Refusals => Chart("refusals", "Refusals", step => step.Traffic.Refusals, value => SizeText.Count((long)value, "refusal"), SizeText.Count(Total.Refusals, "refusal"), "No refusal")
        with
    { Bars = StatusKind.Warn, IsCounted = true };

    public DashboardChart Errors => Chart("errors", "Errors", step => step.Traffic.Errors, value => SizeText.Count((long)value, "error"), SizeText.Count(Total.Errors, "error"), "No error")
        with
    { Bars = StatusKind.Bad, IsCounted = true };

    /// <summary>The address of rows behind a chart: in Activity, since the chart begins.</summary>
    /// <param name="activity">The address of Activity.</param>
    /// <param name="wanted">Which rows.</param>
    public string RowsHref(string activity, ActivityListState wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return activity + (Steps.Count == 0 ? wanted : wanted with { Period = ActivityPeriod.Range, FromUtc = Steps[0].StartUtc }).ToQuery();
    }

    public IReadOnlyList<string> Axis =>
        Steps.Count == 0 ? [] : [.. Enumerable.Range(0, Marks).Select(mark => Mark(Steps[mark * Steps.Count / Marks])), Range.IsByDays ? "today" : "now"];

    /// <param name="range">What is looked at.</param>
    /// <param name="points">Of it, without gaps.</param>
    /// <param name="viewer">Whose clock the marks show.</param>
    /// <param name="nowUtc">The present moment.</param>
    public static DashboardCharts Create(DashboardRange range, IReadOnlyList<TrafficPoint> points, Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(range);
        var steps = range.Steps(points, viewer, nowUtc);
        var traffic = steps.Select(step => step.Traffic).ToList();
        var total = new TrafficPoint(
            range.StartUtc(viewer, nowUtc), traffic.Sum(point => point.Associations), traffic.Sum(point => point.Refusals), traffic.Sum(point => point.Images), traffic.Sum(point => point.Bytes),
            traffic.Sum(point => point.StoreMs), traffic.Count == 0 ? 0 : traffic.Max(point => point.PeakAssociations), traffic.Sum(point => point.Errors));
        return new DashboardCharts(range, steps, DashboardRate.For(range, steps), total, viewer);
    }

    /// <summary>The beginning of a step, in the viewer's zone: "14:05", "Wed 4 Mar, 09:00", "4 Mar 2026".</summary>
    public string When(DashboardStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Local(step, Range.IsByDays ? "ddd d MMM yyyy" : Range.Span > TimeSpan.FromDays(1) ? "ddd d MMM, HH:mm" : "HH:mm");
    }

    public static string Milliseconds(double ms) => ms < 1000 ? $"{DashboardRate.Number(ms)} ms" : $"{DashboardRate.Number(ms / 1000)} s";

    private string Mark(DashboardStep step) => Local(step, Range.Span > TimeSpan.FromDays(1) ? "d MMM" : "HH:mm");

    private string Local(DashboardStep step, string format) => Viewer.ToLocal(step.StartUtc).ToString(format, Viewer.Culture);

    private DashboardChart Chart(string key, string title, Func<DashboardStep, double?> value, Func<double, string> format, string figure, string none)
    {
        List<double?> values = [.. Steps.Select(value)];
        var highest = Steps.Where(step => value(step) > 0).MaxBy(value);
        var label = highest is null
            ? $"{title}. {none} in {Range.Words}."
            : $"{title} in {Range.Words}: at most {format(value(highest)!.Value)}, {When(highest)}; {figure} in all.";
        return new DashboardChart(key, title, figure, label, values, format);
    }
}
