using Noctis.Archive.Traffic;

namespace Noctis.Archive.Tests.Traffic;

public class DeviceHabitTests
{
    // A Wednesday.
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Find_EveryDay_IsSilentAfterTwoDays(int silentDays, bool isSilent)
    {
        var habit = DeviceHabit.Find(Until(silentDays, _ => true), Today);

        Assert.Equal((1, silentDays, isSilent), (habit!.UsualGapDays, habit.SilentDays, habit.IsSilent));
    }

    [Fact]
    public void Find_Weekdays_IsNotSilentOnMonday()
    {
        var monday = new DateOnly(2026, 11, 23);

        var habit = DeviceHabit.Find(Enumerable.Range(3, 60).Select(ago => monday.AddDays(-ago)).Where(IsWeekday), monday);

        Assert.Equal((3, 3, false), (habit!.UsualGapDays, habit.SilentDays, habit.IsSilent));
    }

    [Fact]
    public void Find_WeekdaysSilentSinceLastWednesday_IsSilent()
    {
        var habit = DeviceHabit.Find(Until(7, IsWeekday), Today);

        Assert.True(habit!.IsSilent);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Find_OnceAWeek_WaitsHalfAWeekMore(int silentDays, bool isSilent)
    {
        var last = Today.AddDays(-silentDays);

        var habit = DeviceHabit.Find(Enumerable.Range(0, 14).Select(week => last.AddDays(-7 * week)), Today);

        Assert.Equal((7, isSilent), (habit!.UsualGapDays, habit.IsSilent));
    }

    [Fact]
    public void Find_OneLongHoliday_IsNoHabit()
    {
        var habit = DeviceHabit.Find(Until(3, _ => true).Where(day => day < Today.AddDays(-40) || day > Today.AddDays(-30)), Today);

        Assert.Equal((1, true), (habit!.UsualGapDays, habit.IsSilent));
    }

    [Fact]
    public void Find_TooFewDays_IsNull() => Assert.Null(DeviceHabit.Find(Enumerable.Range(1, 9).Select(ago => Today.AddDays(-3 * ago)), Today));

    [Fact]
    public void Find_TooShortASpan_IsNull() => Assert.Null(DeviceHabit.Find(Enumerable.Range(1, 20).Select(ago => Today.AddDays(-ago)), Today));

    [Fact]
    public void Find_Never_IsNull() => Assert.Null(DeviceHabit.Find([], Today));

    private static IEnumerable<DateOnly> Until(int daysAgo, Func<DateOnly, bool> isActive) =>
        Enumerable.Range(daysAgo, 90).Select(ago => Today.AddDays(-ago)).Where(isActive);

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
