namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Moments from one to another, both included (PS3.4 C.2.2.2.5.3). The last one reaches as far as it was written: "2026" to
/// the end of the year. A single DT is a range in the same way.
/// </summary>
/// <remarks>
/// Where both sides tell their offset from UTC, in the value or in Timezone Offset From UTC (0008,0201), moments are
/// compared; where one does not, what is written is compared. DT of different offsets or precisions do not compare as text:
/// an archive that searches by SQL keeps what <see cref="DicomDateTime.ToDateTimeOffset"/> gives.
/// </remarks>
public sealed record DateTimeRangeKey : MatchingKey
{
    internal DateTimeRangeKey(DicomTag tag, DicomDateTime? from, DicomDateTime? to) : base(tag, DicomVR.DT)
    {
        From = from;
        To = to;
    }

    /// <summary>The first moment, with the identifier's offset where it has none of its own; null: none is too early.</summary>
    public DicomDateTime? From { get; }

    /// <summary>The last moment, to 100 ns, with the identifier's offset where it has none of its own; null: none is too late.</summary>
    public DicomDateTime? To { get; }

    private protected override bool MatchesValue(DicomDataset candidate, DicomTag tag)
    {
        var count = candidate.GetStrings(tag).Count;
        for (var i = 0; i < count; i++)
        {
            if (candidate.GetDateTime(tag, i) is { } value
                && (From is not { } from || Compare(value, from) >= 0)
                && (To is not { } to || Compare(value, to) <= 0))
            {
                return true;
            }
        }

        return false;
    }

    private static int Compare(DicomDateTime value, DicomDateTime bound) =>
        value.Offset is { } left && bound.Offset is { } right
            ? (value.Local.Ticks - left.Ticks).CompareTo(bound.Local.Ticks - right.Ticks)
            : value.Local.CompareTo(bound.Local);
}
