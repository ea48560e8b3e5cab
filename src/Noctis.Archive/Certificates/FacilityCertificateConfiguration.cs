using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Certificates;

internal sealed class FacilityCertificateConfiguration : IEntityTypeConfiguration<FacilityCertificate>
{
    public void Configure(EntityTypeBuilder<FacilityCertificate> builder)
    {
        builder.ToTable("FacilityCertificates");
        builder.Property(certificate => certificate.Id).ValueGeneratedNever();
        builder.Property(certificate => certificate.Path).HasMaxLength(FacilityCertificate.PathLength);
        builder.Property(certificate => certificate.KeyPath).HasMaxLength(FacilityCertificate.PathLength);
        builder.Property(certificate => certificate.Subject).HasMaxLength(FacilityCertificate.NameLength);
        builder.Property(certificate => certificate.Issuer).HasMaxLength(FacilityCertificate.NameLength);
        builder.Property(certificate => certificate.Thumbprint).HasMaxLength(FacilityCertificate.ThumbprintLength);
        builder.Property(certificate => certificate.AddedBy).HasMaxLength(FacilityCertificate.ActorNameLength);

        // The same authority twice would say nothing more.
        builder.HasIndex(certificate => new { certificate.FacilityId, certificate.Kind, certificate.Thumbprint }).IsUnique();

        // What ends soon, over the whole installation.
        builder.HasIndex(certificate => certificate.NotAfterUtc);
    }
}
