using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Studies;

/// <summary>
/// Every index begins with the facility. (FacilityId, Id) is an alternate key, so that a child's foreign key names the facility
/// too: the database itself refuses a series of one facility in a study of another.
/// </summary>
internal sealed class StudyConfigurations :
    IEntityTypeConfiguration<Patient>,
    IEntityTypeConfiguration<Study>,
    IEntityTypeConfiguration<Series>,
    IEntityTypeConfiguration<Instance>,
    IEntityTypeConfiguration<FacilityUsage>,
    IEntityTypeConfiguration<ArrivalHour>
{
    internal const int SearchTextLength = 800;
    internal const int NameLength = 256;
    internal const int ModalitiesLength = 128;
    internal const int EarlierPatientIDsLength = 400;

    public void Configure(EntityTypeBuilder<Patient> builder)
    {
        builder.ToTable("Patients");
        Common(builder, patient => patient.Id, patient => new { patient.FacilityId, patient.Id });
        builder.Property(patient => patient.PatientKey).HasMaxLength(Patient.KeyLength);
        builder.Property(patient => patient.PatientNameDisplay).HasMaxLength(NameLength);
        builder.Property(patient => patient.PatientNameFolded).HasMaxLength(NameLength);
        builder.Property(patient => patient.PatientIDFolded).HasMaxLength(64);
        builder.HasIndex(patient => new { patient.FacilityId, patient.PatientKey }).IsUnique();
        builder.HasIndex(patient => new { patient.FacilityId, patient.PatientNameFolded });
        builder.HasIndex(patient => new { patient.FacilityId, patient.PatientIDFolded });
    }

    public void Configure(EntityTypeBuilder<Study> builder)
    {
        builder.ToTable("Studies");
        Common(builder, study => study.Id, study => new { study.FacilityId, study.Id });
        builder.Property(study => study.PatientNameDisplay).HasMaxLength(NameLength);
        builder.Property(study => study.PatientNameFolded).HasMaxLength(NameLength);
        builder.Property(study => study.PatientIDFolded).HasMaxLength(64);
        builder.Property(study => study.AccessionNumberFolded).HasMaxLength(64);
        builder.Property(study => study.ModalitiesInStudy).HasMaxLength(ModalitiesLength);
        builder.Property(study => study.SearchText).HasMaxLength(SearchTextLength);
        builder.Property(study => study.SourceAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.Property(study => study.EarlierPatientIDs).HasMaxLength(EarlierPatientIDsLength);
        builder.HasOne<Patient>().WithMany().HasForeignKey(study => new { study.FacilityId, study.PatientRecordId })
            .HasPrincipalKey(patient => new { patient.FacilityId, patient.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(study => new { study.FacilityId, study.StudyInstanceUID, study.TrashId }).IsUnique();
        builder.HasQueryFilter(LiveFilter.Name, study => study.TrashId == 0);
        builder.HasIndex(study => new { study.FacilityId, study.PatientNameFolded });
        builder.HasIndex(study => new { study.FacilityId, study.PatientIDFolded });
        builder.HasIndex(study => new { study.FacilityId, study.AccessionNumberFolded });
        builder.HasIndex(study => new { study.FacilityId, study.StudyDate });
        builder.HasIndex(study => new { study.FacilityId, study.FirstReceivedUtc });
        builder.HasIndex(study => new { study.FacilityId, study.LastReceivedUtc });
        builder.HasIndex(study => new { study.FacilityId, study.CompletedUtc, study.LastReceivedUtc });
    }

    public void Configure(EntityTypeBuilder<Series> builder)
    {
        builder.ToTable("Series");
        Common(builder, series => series.Id, series => new { series.FacilityId, series.Id });
        builder.Property(series => series.SourceAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.HasOne<Study>().WithMany().HasForeignKey(series => new { series.FacilityId, series.StudyId })
            .HasPrincipalKey(study => new { study.FacilityId, study.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(series => new { series.FacilityId, series.StudyId, series.SeriesInstanceUID }).IsUnique();
        builder.HasIndex(series => new { series.FacilityId, series.SeriesInstanceUID });
        builder.HasIndex(series => new { series.FacilityId, series.Modality, series.StudyId });
    }

    public void Configure(EntityTypeBuilder<Instance> builder)
    {
        builder.ToTable("Instances");
        builder.Property(instance => instance.Id).ValueGeneratedNever();
        HeaderLengths(builder);
        builder.Property(instance => instance.TransferSyntaxUID).HasMaxLength(64);
        builder.Property(instance => instance.StoragePath).HasMaxLength(StorageConfigurations.PathLength);
        builder.Property(instance => instance.ContentHash).HasMaxLength(StorageConfigurations.HashLength);
        builder.Property(instance => instance.SourceAETitle).HasMaxLength(IngestOrigin.AETitleLength);
        builder.Property(instance => instance.SourceAddress).HasMaxLength(IngestOrigin.AddressLength);
        builder.HasOne<Series>().WithMany().HasForeignKey(instance => new { instance.FacilityId, instance.SeriesId })
            .HasPrincipalKey(series => new { series.FacilityId, series.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(instance => new { instance.FacilityId, instance.SeriesId, instance.SOPInstanceUID }).IsUnique();
        builder.HasIndex(instance => new { instance.FacilityId, instance.SOPInstanceUID });
    }

    public void Configure(EntityTypeBuilder<FacilityUsage> builder)
    {
        builder.ToTable("FacilityUsage");
        builder.HasKey(usage => usage.FacilityId);
        builder.Property(usage => usage.FacilityId).ValueGeneratedNever();
        builder.Property(usage => usage.LastSourceAETitle).HasMaxLength(IngestOrigin.AETitleLength);
    }

    public void Configure(EntityTypeBuilder<ArrivalHour> builder)
    {
        builder.ToTable("ArrivalHours");
        builder.HasKey(hour => new { hour.FacilityId, hour.HourUtc });
    }

    private static void Common<T>(EntityTypeBuilder<T> builder, Expression<Func<T, long>> id, Expression<Func<T, object?>> facilityAndId)
        where T : class
    {
        builder.Property(id).ValueGeneratedNever();
        builder.HasAlternateKey(facilityAndId);
        HeaderLengths(builder);
    }

    private static void HeaderLengths<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        foreach (PropertyInfo property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<FromHeaderAttribute>() is { MaxLength: > 0 and var length })
                builder.Property(property.Name).HasMaxLength(length);
        }
    }
}
