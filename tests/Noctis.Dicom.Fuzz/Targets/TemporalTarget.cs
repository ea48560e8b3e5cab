using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>Dates, times, moments, offsets and ages: read or not, and what was read is written and read as the same.</summary>
public sealed class TemporalTarget : FuzzTarget
{
    public override string Name => "temporal";

    public override int MaxLength => 40;

    public override IReadOnlyList<byte[]> Tokens { get; } =
        ["2026"u8.ToArray(), "0229"u8.ToArray(), "235960"u8.ToArray(), ".999999"u8.ToArray(), "+1400"u8.ToArray(), "-"u8.ToArray(), ":"u8.ToArray(), "."u8.ToArray(), "Y"u8.ToArray()];

    public override IEnumerable<byte[]> Seeds { get; } =
    [
        "20260131"u8.ToArray(), "2026.01.31"u8.ToArray(), "143015.123456"u8.ToArray(), "14:30:15"u8.ToArray(), "20260131143015.123456+0100"u8.ToArray(),
        "2026"u8.ToArray(), "-0530"u8.ToArray(), "012Y"u8.ToArray(), "00010101000000+1400"u8.ToArray(), "99991231235960-1200"u8.ToArray(),
    ];

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        var text = Encoding.Latin1.GetString(input.Span);
        if (DicomTemporal.TryParseDate(text, out var date))
        {
            features.Note(2);
            FuzzException.Unless(DicomTemporal.TryParseDate(DicomTemporal.Format(date), out var again) && again == date, "A date comes back as another.");
        }

        if (DicomTemporal.TryParseTime(text, out var time))
        {
            features.NoteMagnitude(3, time.Ticks % TimeSpan.TicksPerSecond);
            FuzzException.Unless(
                DicomTemporal.TryParseTime(DicomTemporal.Format(time), out var again) && again.Ticks / 10 == time.Ticks / 10, "A time comes back as another.");
        }

        if (DicomTemporal.TryParseDateTime(text, out var moment))
        {
            features.Note(4, ((long)moment.Precision << 4) | (moment.Offset is null ? 0L : 1L));
            foreach (var hours in (ReadOnlySpan<int>)[-14, 0, 14])
                _ = moment.ToDateTimeOffset(TimeSpan.FromHours(hours));
        }

        if (DicomTemporal.TryParseOffset(text, out var offset))
            features.Note(5, offset.Ticks);
        if (DicomAge.TryParse(text, out var age))
        {
            features.Note(6, age.Unit);
            FuzzException.Unless(DicomAge.TryParse(age.ToString(), out var again) && again == age, "An age comes back as another.");
        }

        features.Note(7, (DicomUID.IsValid(text) ? 1 : 0) | (DicomTag.TryParse(text, out _) ? 2 : 0) | (DicomVR.TryParse(text, out _) ? 4 : 0));
    }
}
