using Noctis.Archive.Journal;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>
/// An object was not kept, and its sender has to know. <see cref="Error.Message"/> fits an Error Comment (0000,0902): at most
/// 64 characters, no patient data.
/// </summary>
/// <param name="Message">Why, in words for the engineer at the scanner.</param>
/// <param name="DicomStatus">The status to answer with, PS3.4 Table B.2-1 and PS3.7 Annex C.</param>
public sealed record IngestError(string Message, ushort DicomStatus) : Error(Message)
{
    /// <summary>The element at fault, for Offending Element (0000,0901); null where it is none in particular.</summary>
    public DicomTag? OffendingElement { get; init; }

    /// <summary>The cause, as the journal calls it.</summary>
    public JournalCode Code { get; init; } = JournalCode.ObjectInvalid;

    /// <summary>The disk takes no more.</summary>
    public const ushort OutOfResources = 0xA700;

    /// <summary>The data set is of another class, or another object, than the command said.</summary>
    public const ushort DataSetDoesNotMatchSopClass = 0xA900;

    /// <summary>The data set cannot be read, or lacks what it takes to file it.</summary>
    public const ushort CannotUnderstand = 0xC000;

    /// <summary>The server cannot do its part at the moment.</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>The object is there already, and its facility refuses duplicates.</summary>
    public const ushort DuplicateSopInstance = 0x0111;

    internal static IngestError CannotRead(string why, DicomTag? offendingElement = null) =>
        new(Fit(why), CannotUnderstand) { OffendingElement = offendingElement };

    internal static IngestError Contradicts(string what, DicomTag offendingElement) =>
        new($"{what} differs between command and data set", DataSetDoesNotMatchSopClass) { OffendingElement = offendingElement };

    internal static IngestError StorageFailed(Exception e) => new(
        IsDiskFull(e) ? "Storage is full: free space on the server, then send again"
        : IsReadOnly(e) ? "Storage is read-only: check the server's data folder"
        : "Storage failed: see the server's log, then send again",
        OutOfResources)
    {
        Code = IsDiskFull(e) ? JournalCode.DiskFull : JournalCode.StorageUnavailable,
    };

    internal static IngestError QuotaReached() =>
        new("The facility's storage quota is used up: make room first", OutOfResources) { Code = JournalCode.QuotaReached };

    internal static IngestError LargerThanQuota() =>
        new("The object is larger than the facility's whole storage quota", OutOfResources) { Code = JournalCode.QuotaReached };

    internal static IngestError QuarantineFull() =>
        new("Quarantine is full: a manager has to allow this device first", OutOfResources) { Code = JournalCode.QuarantineFull };

    internal static IngestError FloorReached() =>
        new("The server is short of disk space: make room, then send again", OutOfResources) { Code = JournalCode.DiskFull };

    internal static IngestError Duplicate(bool differs) => new(
        differs ? "Another object with this UID is stored: duplicates are refused" : "The object is stored already: duplicates are refused",
        DuplicateSopInstance)
    {
        Code = JournalCode.DuplicateRefused,
    };

    internal static IngestError IndexFailed() =>
        new("Database does not answer: try again later", ProcessingFailure) { Code = JournalCode.DatabaseUnavailable };

    internal static IngestError IndexFull() =>
        new("The database's disk is full: make room there, then send again", OutOfResources) { Code = JournalCode.DiskFull };

    internal static IngestError NotIndexed() =>
        new("Database refused the object: see the server's log", ProcessingFailure) { Code = JournalCode.InternalError };

    internal static IngestError ShuttingDown() =>
        new("Server is shutting down: send again", ProcessingFailure) { Code = JournalCode.ServerStopping };

    /// <summary>The disk's state, and no fault that anybody has to look for.</summary>
    internal static bool IsDiskState(Exception e) => IsDiskFull(e) || IsReadOnly(e);

    private static string Fit(string text) => text.Length <= 64 ? text : text[..64];

    // ENOSPC, EDQUOT; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static bool IsDiskFull(Exception e) => e.HResult is 28 or 122 or unchecked((int)0x80070027) or unchecked((int)0x80070070);

    // EROFS; ERROR_WRITE_PROTECT.
    private static bool IsReadOnly(Exception e) => e is UnauthorizedAccessException || e.HResult is 30 or unchecked((int)0x80070013);
}
