namespace Noctis.Archive.Storage;

/// <summary>How a facility stands to its quota.</summary>
/// <param name="FacilityId">Which.</param>
/// <param name="FacilityName">Its name.</param>
/// <param name="UsedBytes">Its studies and kept older versions; the trash does not count.</param>
/// <param name="QuotaBytes">What it may use.</param>
/// <param name="WarnPercent">From which share on to warn.</param>
/// <param name="CleanUp">Whether old studies make room by themselves.</param>
public sealed record QuotaStanding(Guid FacilityId, string FacilityName, long UsedBytes, long QuotaBytes, int WarnPercent, CleanUp CleanUp)
{
    /// <summary>Rounded down: 100 only when it is full.</summary>
    public int Percent => (int)Math.Min(UsedBytes / (QuotaBytes / 100.0), int.MaxValue);

    /// <summary>Images are refused, unless they fit into what clean-up frees.</summary>
    public bool IsFull => UsedBytes >= QuotaBytes;

    public bool IsWorthAWarning => IsFull || Percent >= WarnPercent;
}
