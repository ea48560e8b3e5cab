using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace Noctis.Portal.Jobs;

/// <summary>
/// When a job runs, as the settings say it: "off", "every 15 seconds", "every 5 minutes", "every 2 hours", "daily at 02:30",
/// "sundays at 03:00", or a cron expression of six or seven fields. Times of the day are those of the server's zone.
/// </summary>
public sealed partial record JobSchedule
{
    internal const string Grammar =
        "\"off\", \"every 15 seconds\", \"every 5 minutes\", \"every 2 hours\", \"daily at 02:30\", \"sundays at 03:00\", or a Quartz cron expression such as \"0 0/10 8-18 ? * MON-FRI\"";

    /// <summary>More often than this, a job would do nothing but begin and end.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(31);

    private readonly CronExpression? _cron;

    private JobSchedule(string text, string words, TimeSpan? interval, CronExpression? cron)
    {
        Text = text;
        Words = words;
        Interval = interval;
        _cron = cron;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>For people: "Every 15 seconds", "Every day at 02:30".</summary>
    public string Words { get; }

    public TimeSpan? Interval { get; }

    /// <summary>Never by itself; a person can still start it.</summary>
    public bool IsOff => Interval is null && _cron is null;

    /// <summary>Names times of the day, which are those of the server's zone.</summary>
    public bool IsByClock => _cron is not null;

    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static JobSchedule Parse(string text) =>
        TryParse(text, out var schedule) ? schedule : throw new FormatException($"\"{text}\" is no schedule. Write {Grammar}.");

    public static bool TryParse(string? text, [NotNullWhen(true)] out JobSchedule? schedule)
    {
        text = (text ?? "").Trim();
        schedule = text.Equals("off", StringComparison.OrdinalIgnoreCase) ? new JobSchedule(text, "Off", null, null)
            : EveryPattern().Match(text) is { Success: true } every ? Every(text, every)
            : AtPattern().Match(text) is { Success: true } at ? At(text, at)
            : CronExpression.TryParse(text, out var cron) ? new JobSchedule(text, $"By cron: {text}", null, Local(cron))
            : null;
        return schedule is not null;
    }

    /// <summary>When it should have run last, before this moment; null for intervals, which count from the last run.</summary>
    public DateTimeOffset? PreviousBefore(DateTimeOffset moment) => _cron?.GetPreviousValidTimeBefore(moment);

    /// <summary>What was missed, as by a server that was down, is made up for once, at once.</summary>
    internal IScheduleBuilder ToQuartz() => Interval is { } interval
        ? SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)
        : CronScheduleBuilder.Create(_cron ?? throw new InvalidOperationException("A job that is off has no trigger."))
            .InTimeZone(TimeZoneInfo.Local).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);

    private static JobSchedule? Every(string text, Match match)
    {
        var number = match.Groups["number"] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 1;
        var (unit, length) = char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch
        {
            's' => ("second", TimeSpan.FromSeconds(1)),
            'm' => ("minute", TimeSpan.FromMinutes(1)),
            _ => ("hour", TimeSpan.FromHours(1)),
        };
        var interval = number * length;
        return interval < ShortestInterval || interval > LongestInterval ? null
            : new JobSchedule(text, number == 1 ? $"Every {unit}" : $"Every {number.ToString(CultureInfo.InvariantCulture)} {unit}s", interval, null);
    }

    private static JobSchedule? At(string text, Match match)
    {
        if (!TimeOnly.TryParseExact(match.Groups["time"].Value, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var day = match.Groups["day"].Value;
        var isDaily = day.Equals("daily", StringComparison.OrdinalIgnoreCase);
        var name = isDaily ? "day" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(day.TrimEnd('s', 'S').ToLowerInvariant());
        var weekday = isDaily ? "*" : name[..3].ToUpperInvariant();
        var cron = CronExpression.Parse(string.Create(CultureInfo.InvariantCulture, $"0 {time.Minute} {time.Hour} ? * {weekday}"));
        return new JobSchedule(text, $"Every {name} at {time.ToString("HH:mm", CultureInfo.InvariantCulture)}", null, Local(cron));
    }

    private static CronExpression Local(CronExpression cron) => cron.WithTimeZone(TimeZoneInfo.Local);

    [GeneratedRegex(@"^every(\s+(?<number>\d{1,6}))?\s+(?<unit>s|sec|seconds?|min|minutes?|h|hours?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EveryPattern();

    [GeneratedRegex(@"^(?<day>daily|(mon|tues|wednes|thurs|fri|satur|sun)days?)(\s+at)?\s+(?<time>\d{1,2}:\d{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AtPattern();
}
