using Noctis.Archive.Ingest;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Integrity;

/// <summary>A file that no row names, and what it holds.</summary>
/// <param name="Found">Where it lies.</param>
/// <param name="Header">The attributes that the index keeps.</param>
/// <param name="Origin">What its meta group tells of how it came.</param>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Hash">Of what follows its meta group.</param>
internal sealed record OrphanFile(FoundFile Found, DicomDataset Header, IngestOrigin Origin, long Bytes, byte[] Hash)
{
    public Guid FacilityId => Found.FacilityId;
}
