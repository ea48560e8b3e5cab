namespace Noctis.Dicom.Data;

/// <summary>A DT (PS3.5 6.2): a moment as written, to a precision, with or without its offset from UTC.</summary>
/// <param name="Local">The moment as written, kind unspecified; parts that were left out are the first ones.</param>
/// <param name="Offset">Offset from UTC; null when neither the value nor the data set tells.</param>
/// <param name="Precision">The last part that was written.</param>
public readonly record struct DicomDateTime(DateTime Local, TimeSpan? Offset, DicomDateTimePrecision Precision)
{
    /// <summary>The moment on the time line.</summary>
    /// <param name="offsetWhenNone">The offset to take when none is known: the equipment's, usually the facility's.</param>
    public DateTimeOffset ToDateTimeOffset(TimeSpan offsetWhenNone)
    {
        var offset = Offset ?? offsetWhenNone;

        // Year 1 east of Greenwich and year 9999 west of it have no UTC.
        var utcTicks = Local.Ticks - offset.Ticks;
        return utcTicks < 0 || utcTicks > DateTime.MaxValue.Ticks
            ? new DateTimeOffset(Local, TimeSpan.Zero)
            : new DateTimeOffset(Local, offset);
    }
}
