using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>An object that can be sent. Its data set is opened when its turn comes, and as often as it is sent.</summary>
public abstract class RetrievableObject
{
    /// <summary>UID of its SOP class.</summary>
    public abstract string SOPClassUID { get; }

    /// <summary>UID of its SOP instance.</summary>
    public abstract string SOPInstanceUID { get; }

    /// <summary>UID of the transfer syntax that its data set is in.</summary>
    public abstract string TransferSyntaxUID { get; }

    /// <summary>Opens its data set, without preamble and meta group.</summary>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>A stream at its beginning, which the caller disposes of.</returns>
    /// <exception cref="IOException">It cannot be opened: this sub-operation fails, the others go on.</exception>
    public abstract ValueTask<Stream> OpenDatasetAsync(CancellationToken cancellationToken);

    /// <summary>An object in a DICOM file, of which the beginning is read at once and the data set when it is sent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DicomDataException">It is no DICOM file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<RetrievableObject> FromFileAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await using var source = await FileDataset.OpenAsync(path, cancellationToken);
        return new InFile(path, source.SOPClassUID, source.SOPInstanceUID, source.TransferSyntax.UID.Value);
    }

    private sealed class InFile(string path, string sopClassUid, string sopInstanceUid, string transferSyntaxUid) : RetrievableObject
    {
        public override string SOPClassUID { get; } = sopClassUid;

        public override string SOPInstanceUID { get; } = sopInstanceUid;

        public override string TransferSyntaxUID { get; } = transferSyntaxUid;

        public override async ValueTask<Stream> OpenDatasetAsync(CancellationToken cancellationToken) =>
            (await FileDataset.OpenAsync(path, cancellationToken)).Dataset;
    }
}
