using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Settings;

internal sealed class SettingsConfigurations :
    IEntityTypeConfiguration<FacilitySettingsRow>,
    IEntityTypeConfiguration<SettingsDefaultsRow>,
    IEntityTypeConfiguration<SettingsChange>
{
    public void Configure(EntityTypeBuilder<FacilitySettingsRow> builder)
    {
        builder.ToTable("FacilitySettings");
        builder.HasKey(row => row.FacilityId);
        builder.Property(row => row.FacilityId).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SettingsDefaultsRow> builder)
    {
        builder.ToTable("SettingsDefaults");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ChangedBy).HasMaxLength(SettingsChange.ActorNameLength);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SettingsChange> builder)
    {
        builder.ToTable("SettingsChanges");
        builder.Property(change => change.Id).ValueGeneratedNever();
        builder.Property(change => change.ActorId).HasMaxLength(64);
        builder.Property(change => change.ActorName).HasMaxLength(SettingsChange.ActorNameLength);
        builder.Property(change => change.Summary).HasMaxLength(SettingsChange.SummaryLength);
        builder.Ignore(change => change.Differences);

        // Ids grow with time: read newest first by the index itself.
        builder.HasIndex(change => new { change.FacilityId, change.Id });
    }
}
