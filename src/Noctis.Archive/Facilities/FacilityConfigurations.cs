using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Facilities;

internal sealed class FacilityConfiguration : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> builder)
    {
        builder.ToTable("Facilities");
        builder.Property(facility => facility.Id).ValueGeneratedNever();
        builder.Property(facility => facility.Name).HasMaxLength(Facility.NameMaxLength);
        builder.Property(facility => facility.AETitle).HasMaxLength(AETitleRules.MaxLength);
        builder.Property(facility => facility.Version).IsConcurrencyToken();
        builder.HasIndex(facility => facility.AETitle).IsUnique();
        builder.HasIndex(facility => facility.Port).IsUnique();
    }
}

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("Devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.Property(device => device.AETitle).HasMaxLength(AETitleRules.MaxLength);
        builder.Property(device => device.Description).HasMaxLength(Device.DescriptionMaxLength);
        builder.Property(device => device.ExpectedAddress).HasMaxLength(Device.AddressMaxLength);
        builder.Property(device => device.LastSeenAddress).HasMaxLength(64);
        builder.HasIndex(device => new { device.FacilityId, device.AETitle }).IsUnique();
    }
}
