using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Traffic;

internal sealed class TrafficConfigurations :
    IEntityTypeConfiguration<TrafficMinute>,
    IEntityTypeConfiguration<TrafficHour>,
    IEntityTypeConfiguration<DeviceDay>
{
    public void Configure(EntityTypeBuilder<TrafficMinute> builder) => Configure(builder, "TrafficMinutes");

    public void Configure(EntityTypeBuilder<TrafficHour> builder) => Configure(builder, "TrafficHours");

    public void Configure(EntityTypeBuilder<DeviceDay> builder)
    {
        builder.ToTable("DeviceDays");
        builder.HasKey(day => new { day.FacilityId, day.DeviceId, day.Day });
        builder.HasIndex(day => day.Day);
    }

    private static void Configure<T>(EntityTypeBuilder<T> builder, string table)
        where T : TrafficRow
    {
        builder.ToTable(table);
        builder.HasKey(row => new { row.FacilityId, row.StartUtc });
        // For the charts of all facilities together, and for pruning.
        builder.HasIndex(row => row.StartUtc);
    }
}
