using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noctis.Archive.Ingest;

namespace Noctis.Archive.Storage;

internal sealed class StorageConfigurations :
    IEntityTypeConfiguration<StorageSettings>,
    IEntityTypeConfiguration<InstanceVersion>,
    IEntityTypeConfiguration<FileRemoval>,
    IEntityTypeConfiguration<HeldContent>,
    IEntityTypeConfiguration<InstanceFault>,
    IEntityTypeConfiguration<StorageDay>
{
    internal const int PathLength = 300;
    internal const int HashLength = 16;

    public void Configure(EntityTypeBuilder<StorageSettings> builder)
    {
        builder.ToTable("StorageSettings");
        builder.HasKey(settings => settings.FacilityId);
        builder.Property(settings => settings.FacilityId).ValueGeneratedNever();
        builder.Property(settings => settings.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<InstanceVersion> builder)
    {
        builder.ToTable("InstanceVersions");
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.Property(version => version.SourceAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.Property(version => version.SourceAddress).HasMaxLength(IngestOrigin.AddressLength);
        builder.Property(version => version.TransferSyntaxUID).HasMaxLength(64);
        builder.Property(version => version.ContentHash).HasMaxLength(HashLength);
        builder.Property(version => version.StoragePath).HasMaxLength(PathLength);
        builder.HasIndex(version => new { version.FacilityId, version.StudyId });
        builder.HasIndex(version => new { version.FacilityId, version.InstanceId });
    }

    public void Configure(EntityTypeBuilder<FileRemoval> builder)
    {
        builder.ToTable("FileRemovals");
        builder.Property(removal => removal.Id).ValueGeneratedNever();
        builder.Property(removal => removal.StoragePath).HasMaxLength(PathLength);
    }

    public void Configure(EntityTypeBuilder<HeldContent> builder)
    {
        builder.ToTable("HeldContents");
        builder.Property(held => held.Id).ValueGeneratedNever();
        builder.Property(held => held.StoragePath).HasMaxLength(PathLength);
    }

    public void Configure(EntityTypeBuilder<InstanceFault> builder)
    {
        builder.ToTable("InstanceFaults");
        builder.HasKey(fault => fault.InstanceId);
        builder.Property(fault => fault.InstanceId).ValueGeneratedNever();
        builder.Property(fault => fault.StoragePath).HasMaxLength(PathLength);
        builder.HasIndex(fault => new { fault.FacilityId, fault.StudyId });
    }

    public void Configure(EntityTypeBuilder<StorageDay> builder)
    {
        builder.ToTable("StorageDays");
        builder.HasKey(day => new { day.FacilityId, day.Day, day.Modality });
        builder.Property(day => day.Modality).HasMaxLength(StorageDay.ModalityLength);
    }
}
