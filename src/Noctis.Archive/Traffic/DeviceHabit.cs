namespace Noctis.Archive.Traffic;

/// <summary>
/// How often a device is active, learnt from the days on which it was, and whether it has now been silent for longer than that. A device of a
/// practice that closes at weekends has its Fridays and Mondays in its habit; one that is used once a week, its week.
/// </summary>
/// <param name="UsualGapDays">From one active day to the next, but for one time in twenty: 1 is every day.</param>
/// <param name="SilentDays">Since its last active day.</param>
public sealed record DeviceHabit(int UsualGapDays, int SilentDays)
{
    /// <summary>Fewer active days are no habit.</summary>
    public const int FewestDays = 10;

    /// <summary>A history that is shorter has not seen enough weekends.</summary>
    private const int ShortestSpan = 21;

    /// <summary>How far back habits are looked for; what a device did before may have been another habit.</summary>
    public const int DaysBack = 120;

    /// <summary>Longer than usual, with some patience: half as long again, and a day at least.</summary>
    public bool IsSilent => SilentDays > UsualGapDays + Math.Max(1, UsualGapDays / 2);

    /// <param name="activeDays">The days on which it did something, in any order.</param>
    /// <param name="today">Which does not count as silent before it is over.</param>
    /// <returns>Null while it has been active too seldom to tell.</returns>
    public static DeviceHabit? Find(IEnumerable<DateOnly> activeDays, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(activeDays);
        var days = activeDays.Where(day => day <= today && day.DayNumber > today.DayNumber - DaysBack).Distinct().Order().ToList();
        if (days.Count < FewestDays || days[^1].DayNumber - days[0].DayNumber < ShortestSpan)
            return null;
        var gaps = days.Zip(days.Skip(1), (earlier, later) => later.DayNumber - earlier.DayNumber).Order().ToList();
        // A holiday now and then is no habit.
        var usual = gaps[(int)Math.Ceiling(gaps.Count * 0.95) - 1];
        return new DeviceHabit(usual, today.DayNumber - days[^1].DayNumber);
    }
}
