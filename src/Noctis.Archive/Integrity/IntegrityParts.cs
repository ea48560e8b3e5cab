namespace Noctis.Archive.Integrity;

/// <summary>What the checks of rows against files work with.</summary>
internal sealed record IntegrityParts(StoredFiles Files, FileVerifier Verifier, FileFaults Faults, StoragePresence Presence);
