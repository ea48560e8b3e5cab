using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Auditing;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public const int NameMaxLength = 256;
    public const int DetailMaxLength = 1000;

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.ActorId).HasMaxLength(64);
        builder.Property(entry => entry.ActorName).HasMaxLength(NameMaxLength);
        builder.Property(entry => entry.Action).HasMaxLength(64);
        builder.Property(entry => entry.SubjectId).HasMaxLength(64);
        builder.Property(entry => entry.Detail).HasMaxLength(DetailMaxLength);

        // Ids grow with time: both lists are read newest first by the index itself.
        builder.HasIndex(entry => new { entry.AboutFacilityId, entry.Id });
    }
}
