using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Noctis.Archive.Database.Providers;

/// <summary>A Guid as 16 bytes in the order it is printed in, so that UUIDv7 values sort by time; SQLite's default would be 36 characters in every index.</summary>
internal sealed class BigEndianGuidConverter() : ValueConverter<Guid, byte[]>(
    value => value.ToByteArray(true),
    value => new Guid(value, true));
