using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Keeps the objects that arrive by C-STORE as files (PS3.10) in one folder, named by SOP instance UID: a receiver for tools,
/// tests and small tasks. The data set is written byte for byte as it came. Thread safe.
/// </summary>
/// <remarks>
/// A file bears its name only when it is whole: until then it is called <c>*.part</c>, and is deleted when the sender breaks off.
/// An object that comes again replaces the one that is there.
/// </remarks>
public sealed class FolderStore : IStoreProvider
{
    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    /// <summary>Keeps objects in a folder.</summary>
    /// <param name="folder">The folder; it is made when it is not there.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public FolderStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>
    /// Whether a file's bytes are on the disk, past the caches of the system, before success is answered. Default: true. Without it
    /// a power failure can lose what was acknowledged, and receiving is some times faster. The name of the file is left to the
    /// file system in either case.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;

    /// <summary>The file that an object is kept in, whether it is there or not.</summary>
    /// <param name="sopInstanceUid">SOP Instance UID of the object: digits and dots.</param>
    /// <exception cref="ArgumentException">It holds something else, and could lead out of the folder.</exception>
    public string GetPath(string sopInstanceUid)
    {
        ArgumentNullException.ThrowIfNull(sopInstanceUid);
        if (!IsSafe(sopInstanceUid))
            throw new ArgumentException("A SOP Instance UID holds digits and dots, begins with a digit, and has 64 characters at most.", nameof(sopInstanceUid));
        return Path.Join(Folder, sopInstanceUid + ".dcm");
    }

    /// <inheritdoc/>
    public ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(association);
        if (!IsSafe(request.AffectedSOPInstanceUID))
            throw new OperationRefusedException(DicomStatus.InvalidSOPInstance, "Affected SOP Instance UID is missing or no UID.");
        var syntax = request.TransferSyntax
            ?? throw new OperationRefusedException(DicomStatus.CannotUnderstand, "The transfer syntax is not known here.");
        try
        {
            return ValueTask.FromResult<IStoreReceiver>(
                new FolderReceiver(GetPath(request.AffectedSOPInstanceUID), FlushToDisk, request, syntax, association.CallingAETitle));
        }
        catch (IOException exception) when (FolderReceiver.IsDiskFull(exception))
        {
            throw FolderReceiver.DiskFull();
        }
    }

    private static bool IsSafe(string uid) =>
        uid.Length is > 0 and <= DicomUID.MaxLength && uid[0] != '.' && !uid.AsSpan().ContainsAnyExcept(UidCharacters);
}
