using Noctis.Portal.Components;

namespace Noctis.Portal.Dashboards;

/// <summary>One chart, ready to be drawn.</summary>
/// <param name="Key">In identifiers of the page.</param>
/// <param name="Title">What it shows, and by what time.</param>
/// <param name="Figure">The figure of the whole stretch that stands beside the title.</param>
/// <param name="Label">The whole in words.</param>
/// <param name="Values">From oldest to newest; null where there is nothing to tell.</param>
/// <param name="Format">A value with its unit, for marks and for what the pointer rests on.</param>
public sealed record DashboardChart(string Key, string Title, string Figure, string Label, IReadOnlyList<double?> Values, Func<double, string> Format)
{
    /// <summary>Bars of a colour of their own, for what should not be; null for a line.</summary>
    public StatusKind? Bars { get; init; }

    /// <summary>Things that come in whole ones: no mark at a half.</summary>
    public bool IsCounted { get; init; }

    public double Highest => Values.Max() ?? 0;
}
