using System.Globalization;
using Noctis.Archive.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>
/// The whole state of Activity, as its address holds it: what is looked for and which page of it is shown. Moments are in UTC there,
/// so that a link means the same wherever it is opened.
/// </summary>
public sealed record ActivityListState
{
    public const string KindKey = "kind";
    public const string OutcomeKey = "outcome";
    public const string CodeKey = "code";
    public const string TitleKey = "title";
    public const string AddressKey = "address";
    public const string TimeKey = "time";
    public const string FacilityKey = "facility";
    public const string BeforeKey = "before";
    public const string AfterKey = "after";

    /// <summary>The outcome that stands for all that did not end as it should.</summary>
    private const string TroubleWord = "trouble";

    private const string RangeSeparator = "..";
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm'Z'";
    private const int LongestText = 64;

    public JournalKind? Kind { get; init; }

    public JournalOutcome? Outcome { get; init; }

    /// <summary>What did not end as it should, whatever way.</summary>
    public bool IsTrouble { get; init; }

    public JournalCode? Code { get; init; }

    public string Title { get; init; } = "";

    public string Address { get; init; } = "";

    public ActivityPeriod Period { get; init; }

    public DateTime? FromUtc { get; init; }

    public DateTime? UntilUtc { get; init; }

    /// <summary>For administrators, who see all facilities' rows.</summary>
    public Guid? Facility { get; init; }

    public long? Before { get; init; }

    public long? After { get; init; }

    public bool IsFiltered => this with { Before = null, After = null } != new ActivityListState();

    /// <summary>The newest page, which follows what happens.</summary>
    public bool IsNewest => Before is null && After is null;

    public ActivityListState Newest => this with { Before = null, After = null };

    /// <summary>Reads an address. What somebody made up there is ignored, as if it were not there.</summary>
    public static ActivityListState Parse(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (period, from, until) = ParseTime(value(TimeKey));
        var outcome = value(OutcomeKey);
        return new ActivityListState
        {
            Kind = Word<JournalKind>(value(KindKey)),
            Outcome = Word<JournalOutcome>(outcome),
            IsTrouble = outcome == TroubleWord,
            Code = Word<JournalCode>(value(CodeKey)),
            Title = Text(value(TitleKey)),
            Address = Text(value(AddressKey)),
            Period = period,
            FromUtc = from,
            UntilUtc = until,
            Facility = Guid.TryParse(value(FacilityKey), out var facility) ? facility : null,
            Before = Number(value(BeforeKey)),
            After = Number(value(AfterKey)),
        };
    }

    /// <summary>The query part of the address, with its question mark; empty for the plain list.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        Add(FacilityKey, Facility?.ToString());
        Add(KindKey, Kind?.ToString().ToLowerInvariant());
        Add(OutcomeKey, IsTrouble ? TroubleWord : Outcome?.ToString().ToLowerInvariant());
        Add(CodeKey, Code?.ToString().ToLowerInvariant());
        Add(TitleKey, Title);
        Add(AddressKey, Address);
        Add(TimeKey, TimeText);
        Add(BeforeKey, Before?.ToString(CultureInfo.InvariantCulture));
        Add(AfterKey, After?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string key, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                parts.Add($"{key}={Uri.EscapeDataString(text)}");
        }
    }

    /// <summary>What the archive is asked, at a moment of the viewer's day.</summary>
    public ActivityFilter ToFilter(Viewer viewer, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return new ActivityFilter
        {
            Kind = Kind,
            Outcomes = IsTrouble ? ActivityFilter.Trouble : Outcome is { } outcome ? [outcome] : [],
            Code = Code,
            AETitle = Title,
            Address = Address,
            FromUtc = Period switch
            {
                ActivityPeriod.Hour => nowUtc.AddHours(-1),
                ActivityPeriod.Today => viewer.StartOfDayUtc(nowUtc),
                ActivityPeriod.Week => nowUtc.AddDays(-7),
                _ => FromUtc,
            },
            UntilUtc = UntilUtc,
        };
    }

    private string TimeText => Period switch
    {
        ActivityPeriod.Hour => "1h",
        ActivityPeriod.Today => "today",
        ActivityPeriod.Week => "7d",
        ActivityPeriod.Range => Moment(FromUtc) + RangeSeparator + Moment(UntilUtc),
        _ => "",
    };

    private static (ActivityPeriod Period, DateTime? From, DateTime? Until) ParseTime(string? time)
    {
        switch (time)
        {
            case null or "": return (ActivityPeriod.Any, null, null);
            case "1h": return (ActivityPeriod.Hour, null, null);
            case "today": return (ActivityPeriod.Today, null, null);
            case "7d": return (ActivityPeriod.Week, null, null);
        }

        var ends = time.Split(RangeSeparator);
        if (ends.Length != 2)
            return (ActivityPeriod.Any, null, null);
        var (from, until) = (Moment(ends[0]), Moment(ends[1]));
        return from is null && until is null ? (ActivityPeriod.Any, null, null) : (ActivityPeriod.Range, from, until);
    }

    private static string Moment(DateTime? utc) => utc?.ToString(MomentFormat, CultureInfo.InvariantCulture) ?? "";

    private static DateTime? Moment(string text) =>
        DateTime.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc) ? utc : null;

    // Names alone: numbers mean nothing outside of the code.
    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string Text(string? text) => text?.Trim() is { Length: > 0 and <= LongestText } trimmed ? trimmed : "";

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
