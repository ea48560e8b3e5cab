using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Quarantine;

internal sealed class QuarantineConfigurations : IEntityTypeConfiguration<QuarantinedInstance>, IEntityTypeConfiguration<QuarantineUsage>
{
    internal const int NameLength = 256;
    private const int UidLength = 64;
    private const int CodeLength = 16;

    public void Configure(EntityTypeBuilder<QuarantinedInstance> builder)
    {
        builder.ToTable("QuarantinedInstances");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.CallingAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.Property(row => row.CalledAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.Property(row => row.RemoteAddress).HasMaxLength(IngestOrigin.AddressLength);
        builder.Property(row => row.StudyInstanceUID).HasMaxLength(UidLength);
        builder.Property(row => row.SeriesInstanceUID).HasMaxLength(UidLength);
        builder.Property(row => row.SOPClassUID).HasMaxLength(UidLength);
        builder.Property(row => row.SOPInstanceUID).HasMaxLength(UidLength);
        builder.Property(row => row.TransferSyntaxUID).HasMaxLength(UidLength);
        builder.Property(row => row.PatientName).HasMaxLength(NameLength);
        builder.Property(row => row.PatientID).HasMaxLength(UidLength);
        builder.Property(row => row.StudyDescription).HasMaxLength(NameLength);
        builder.Property(row => row.Modality).HasMaxLength(CodeLength);
        builder.Property(row => row.ContentHash).HasMaxLength(StorageConfigurations.HashLength);
        builder.Property(row => row.StoragePath).HasMaxLength(StorageConfigurations.PathLength);

        // By device and study, as the page lists them; by object, for what comes again.
        builder.HasIndex(row => new { row.FacilityId, row.CallingAETitle, row.RemoteAddress, row.StudyInstanceUID });
        builder.HasIndex(row => new { row.FacilityId, row.SOPInstanceUID });
        builder.HasIndex(row => new { row.FacilityId, row.ReceivedUtc });
    }

    public void Configure(EntityTypeBuilder<QuarantineUsage> builder)
    {
        builder.ToTable("QuarantineUsage");
        builder.HasKey(usage => usage.FacilityId);
        builder.Property(usage => usage.FacilityId).ValueGeneratedNever();
    }
}
