namespace Noctis.Archive.Storage;

/// <summary>When room will be used up, if growth goes on as it was.</summary>
public static class StorageForecast
{
    /// <summary>Ten years: what lies further off is no forecast.</summary>
    private const int Furthest = 3650;

    /// <returns>Whole days, 0 when there is no room or it lasts for less than a day; null when it is not growing, or would last for ten years.</returns>
    public static int? DaysUntil(long room, long growthPerDay)
    {
        if (room <= 0) return 0;
        if (growthPerDay <= 0) return null;
        long days = room / growthPerDay;
        return days > Furthest ? null : (int)days;
    }
}
