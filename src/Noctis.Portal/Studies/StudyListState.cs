using System.Globalization;
using Noctis.Archive.Studies;

namespace Noctis.Portal.Studies;

/// <summary>
/// The whole state of the study list, as its address holds it: what is looked for and which page of it is shown. A link can be
/// kept, sent to a colleague, or gone back to.
/// </summary>
public sealed record StudyListState
{
    public const string TextKey = "q";
    public const string ModalityKey = "modality";
    public const string DateKey = "date";
    public const string CursorKey = "at";

    private const string RangeSeparator = "..";

    public string Text { get; init; } = "";

    /// <summary>In alphabetical order; any one of them in the study is enough.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>A period that moves with the calendar; <see cref="StudyPeriod.Range"/> when the dates are fixed.</summary>
    public StudyPeriod Period { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public StudyCursor? Cursor { get; init; }

    public bool IsFiltered => Text.Length > 0 || Modalities.Count > 0 || Period != StudyPeriod.Any;

    /// <summary>Reads an address. What somebody made up there is ignored, as if it were not there.</summary>
    public static StudyListState Parse(string? text, string? modality, string? date, string? cursor)
    {
        var (period, from, to) = ParseDate(date);
        return new StudyListState
        {
            Text = text?.Trim() ?? "",
            Modalities = [.. (modality ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(code => code.ToUpperInvariant()).Where(code => code.Length <= 16).Distinct().Order(StringComparer.Ordinal)],
            Period = period,
            From = from,
            To = to,
            Cursor = StudyCursor.TryParse(cursor, out var place) ? place : null,
        };
    }

    /// <summary>The query part of the address, with its question mark; empty for the plain list.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        Add(TextKey, Text);
        Add(ModalityKey, string.Join(',', Modalities));
        Add(DateKey, DateText);
        Add(CursorKey, Cursor?.ToString() ?? "");
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string key, string value)
        {
            if (value.Length > 0)
                parts.Add($"{key}={Uri.EscapeDataString(value)}");
        }
    }

    /// <summary>What the archive is asked, on a day of the viewer's calendar.</summary>
    public StudySearch ToSearch(DateOnly today, int pageSize)
    {
        var (from, to) = Period switch
        {
            StudyPeriod.Today => (today, today),
            StudyPeriod.Week => (today.AddDays(-6), today),
            StudyPeriod.Month => (today.AddDays(-29), today),
            _ => (From, To),
        };
        return new StudySearch
        {
            Text = Text,
            Modalities = Modalities,
            DateFrom = from,
            DateTo = to,
            Cursor = Cursor,
            PageSize = pageSize,
        };
    }

    /// <summary>With or without one modality, back on the first page.</summary>
    public StudyListState Toggle(string modality) => this with
    {
        Modalities = Modalities.Contains(modality) ? [.. Modalities.Where(code => code != modality)] : [.. Modalities.Append(modality).Order(StringComparer.Ordinal)],
        Cursor = null,
    };

    private string DateText => Period switch
    {
        StudyPeriod.Today => "today",
        StudyPeriod.Week => "7d",
        StudyPeriod.Month => "30d",
        StudyPeriod.Range => Day(From) + RangeSeparator + Day(To),
        _ => "",
    };

    private static (StudyPeriod Period, DateOnly? From, DateOnly? To) ParseDate(string? date)
    {
        switch (date)
        {
            case null or "": return (StudyPeriod.Any, null, null);
            case "today": return (StudyPeriod.Today, null, null);
            case "7d": return (StudyPeriod.Week, null, null);
            case "30d": return (StudyPeriod.Month, null, null);
        }

        var ends = date.Split(RangeSeparator);
        if (ends.Length != 2)
            return (StudyPeriod.Any, null, null);
        var (from, to) = (Day(ends[0]), Day(ends[1]));
        return from is null && to is null ? (StudyPeriod.Any, null, null) : (StudyPeriod.Range, from, to);
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
