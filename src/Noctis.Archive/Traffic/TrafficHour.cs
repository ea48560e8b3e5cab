namespace Noctis.Archive.Traffic;

/// <summary>An hour's traffic of a facility, for the charts of days and months.</summary>
public sealed class TrafficHour : TrafficRow
{
    /// <summary>A year and a month, so that a month can be laid beside that of the year before.</summary>
    public const int DaysKept = 400;
}
