using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.SelfTests;

internal sealed class SelfTestConfiguration : IEntityTypeConfiguration<SelfTest>
{
    public void Configure(EntityTypeBuilder<SelfTest> builder)
    {
        builder.ToTable("SelfTests");
        builder.Property(test => test.Id).ValueGeneratedNever();
        builder.Property(test => test.Message).HasMaxLength(SelfTest.MessageLength);
        builder.Property(test => test.Node).HasMaxLength(SelfTest.NodeLength);
        builder.HasIndex(test => new { test.FacilityId, test.Id });
        builder.HasIndex(test => test.TimeUtc);
    }
}
