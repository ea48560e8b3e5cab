namespace Noctis.Dicom.Data.Matching;

/// <summary>Days from one to another, both included (PS3.4 C.2.2.2.5.1). A single date is a range of one day.</summary>
public sealed record DateRangeKey : MatchingKey
{
    internal DateRangeKey(DicomTag tag, DateOnly? from, DateOnly? to) : base(tag, DicomVR.DA)
    {
        From = from;
        To = to;
    }

    /// <summary>The first day; null: no day is too early. One of the two ends is there always.</summary>
    public DateOnly? From { get; }

    /// <summary>The last day; null: no day is too late.</summary>
    public DateOnly? To { get; }

    /// <summary>The first day as a DA. Between the two texts, compared as text, are the values of PS3.5 6.2 that match.</summary>
    public string? FromText => From is { } from ? DicomTemporal.Format(from) : null;

    /// <summary>The last day as a DA.</summary>
    public string? ToText => To is { } to ? DicomTemporal.Format(to) : null;

    /// <summary>The TM that belongs to the date, as Study Time does to Study Date; null when there is none.</summary>
    public DicomTag? TimeTag { get; internal init; }

    /// <summary>
    /// The time zone the days are of, where <see cref="MatchingOptions.TimezoneQueryAdjustment"/> holds: the moment of a data
    /// set that tells its own zone is taken to this one. Null: days are compared as written.
    /// </summary>
    public TimeSpan? Offset { get; internal init; }

    /// <summary>Whether the key was written with a hyphen.</summary>
    internal bool IsRange { get; init; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        if (Offset is { } zone && TimeTag is { } time && Zones.MomentIn(zone, candidate, tag, time) is { } moment)
            return IsWithin(DateOnly.FromDateTime(moment));
        var count = candidate.GetStrings(tag).Count;
        for (var i = 0; i < count; i++)
        {
            if (candidate.GetDate(tag, i) is { } date && IsWithin(date))
                return true;
        }

        return false;
    }

    private bool IsWithin(DateOnly date) => (From is not { } from || date >= from) && (To is not { } to || date <= to);
}
