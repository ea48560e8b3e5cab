using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Noctis.Archive.Database;

/// <summary>
/// Times are kept in UTC and come back as UTC, cut to whole microseconds, the finest that all three databases keep: what is
/// written on one of them compares equal when it is read again, which paging by key leans on.
/// </summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => ToStored(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime ToStored(DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        return new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}
