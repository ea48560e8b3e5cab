using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Jobs;

internal sealed class JobConfigurations : IEntityTypeConfiguration<JobRun>, IEntityTypeConfiguration<JobCursor>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("JobRuns");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Job).HasMaxLength(JobRun.JobLength);
        builder.Property(run => run.Result).HasMaxLength(JobRun.ResultLength);
        builder.Property(run => run.Node).HasMaxLength(JobRun.NodeLength);
        builder.Property(run => run.RequestedBy).HasMaxLength(JobRun.RequestedByLength);
        builder.HasIndex(run => new { run.Job, run.Id });
    }

    public void Configure(EntityTypeBuilder<JobCursor> builder)
    {
        builder.ToTable("JobCursors");
        builder.HasKey(cursor => cursor.Job);
        builder.Property(cursor => cursor.Job).HasMaxLength(JobRun.JobLength);
        builder.Property(cursor => cursor.Value).HasMaxLength(400);
    }
}
