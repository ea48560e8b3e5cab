namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>An object that the product said it has stored, and what of it must be found.</summary>
internal sealed record SentObject(Guid FacilityId, string SOPInstanceUID, int Length, string Sha256);
