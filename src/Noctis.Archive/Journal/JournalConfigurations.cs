using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Journal;

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("JournalEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.RemoteAddress).HasMaxLength(JournalEntry.AddressLength);
        builder.Property(entry => entry.CallingAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.CalledAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.Reason).HasMaxLength(JournalEntry.ReasonLength);

        // Ids grow with time, so each list is read newest first by its index: all, and those of one outcome.
        builder.HasIndex(entry => new { entry.FacilityId, entry.Id });
        builder.HasIndex(entry => new { entry.FacilityId, entry.Outcome, entry.TimeUtc });
    }
}

internal sealed class FrontDoorEntryConfiguration : IEntityTypeConfiguration<FrontDoorEntry>
{
    public void Configure(EntityTypeBuilder<FrontDoorEntry> builder)
    {
        builder.ToTable("FrontDoorEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.RemoteAddress).HasMaxLength(JournalEntry.AddressLength);
        builder.Property(entry => entry.CallingAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.CalledAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.Reason).HasMaxLength(JournalEntry.ReasonLength);
    }
}
