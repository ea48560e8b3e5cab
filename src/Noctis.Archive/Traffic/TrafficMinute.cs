namespace Noctis.Archive.Traffic;

/// <summary>A minute's traffic of a facility, for the charts of the last hours.</summary>
public sealed class TrafficMinute : TrafficRow
{
    public const int DaysKept = 2;
}
