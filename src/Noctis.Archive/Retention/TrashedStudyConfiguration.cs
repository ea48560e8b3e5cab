using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Retention;

internal sealed class TrashedStudyConfiguration : IEntityTypeConfiguration<TrashedStudy>
{
    public void Configure(EntityTypeBuilder<TrashedStudy> builder)
    {
        builder.ToTable("TrashedStudies");
        builder.Property(trashed => trashed.Id).ValueGeneratedNever();
        builder.Property(trashed => trashed.ActorId).HasMaxLength(64);
        builder.Property(trashed => trashed.ActorName).HasMaxLength(256);
        builder.Property(trashed => trashed.Reason).HasMaxLength(TrashedStudy.ReasonLength);
        builder.HasIndex(trashed => new { trashed.FacilityId, trashed.StudyId });
        builder.HasIndex(trashed => new { trashed.FacilityId, trashed.PurgeUtc });
    }
}
