using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Journal;

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    private const string NotCompleted = "\"Outcome\" <> 'Completed'";
    private const string NoStore = "\"Kind\" <> 'Store'";

    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("JournalEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.RemoteAddress).HasMaxLength(JournalEntry.AddressLength);
        builder.Property(entry => entry.CallingAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.CalledAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(entry => entry.Reason).HasMaxLength(JournalEntry.ReasonLength);

        builder.Property(entry => entry.SOPClassUID).HasMaxLength(JournalEntry.UidLength);
        builder.Property(entry => entry.SOPInstanceUID).HasMaxLength(JournalEntry.UidLength);
        builder.Property(entry => entry.TransferSyntaxUID).HasMaxLength(JournalEntry.UidLength);

        // Ids grow with time, so each list is read newest first by its index. An image that is stored, by far the most frequent row,
        // pays for the first alone: the others hold what is no such row, for a facility's people and for administrators. A query is answered
        // by one of them only when it says the filter too, and as a constant: see JournalRows.
        builder.HasIndex(entry => new { entry.FacilityId, entry.Id });
        builder.HasIndex(entry => new { entry.FacilityId, entry.Outcome, entry.Id }).HasFilter(NotCompleted);
        builder.HasIndex(entry => new { entry.Outcome, entry.Id }).HasFilter(NotCompleted);
        builder.HasIndex(entry => new { entry.FacilityId, entry.Kind, entry.Id }).HasFilter(NoStore);
        builder.HasIndex(entry => new { entry.Kind, entry.Id }).HasFilter(NoStore);
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

internal sealed class FrontDoorDismissalConfiguration : IEntityTypeConfiguration<FrontDoorDismissal>
{
    public void Configure(EntityTypeBuilder<FrontDoorDismissal> builder)
    {
        builder.ToTable("FrontDoorDismissals");
        builder.Property(dismissal => dismissal.Id).ValueGeneratedNever();
        builder.Property(dismissal => dismissal.RemoteAddress).HasMaxLength(JournalEntry.AddressLength);
        builder.Property(dismissal => dismissal.CallingAETitle).HasMaxLength(JournalEntry.AETitleLength);
        builder.Property(dismissal => dismissal.ActorName).HasMaxLength(FrontDoorDismissal.ActorNameLength);
        builder.HasIndex(dismissal => new { dismissal.RemoteAddress, dismissal.CallingAETitle, dismissal.Code }).IsUnique();
    }
}
