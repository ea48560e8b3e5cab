using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Network;

/// <summary>C-STORE (PS3.7 9.1.1, PS3.4 annex B).</summary>
public sealed partial class DicomClient
{
    /// <summary>
    /// Sends a DICOM file by C-STORE. When the peer accepted its transfer syntax the data set goes out byte for byte as it stands in the
    /// file, through a buffer of a few PDUs; else it is read and written anew in a syntax that was accepted, which takes memory for all of it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomDataException">The file is no DICOM file, or would have to be compressed or decompressed. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The peer accepted no context for its SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public async Task<CStoreResponse> StoreAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = await FileDataset.OpenAsync(path, cancellationToken);
        await using (source)
        {
            var contexts = Association.PresentationContexts;
            if (contexts.FindAccepted(source.SOPClassUID, source.TransferSyntax.UID.Value) is not { } context)
                return await StoreAsync(await DicomFile.OpenAsync(path, cancellationToken: cancellationToken), cancellationToken);
            return await StoreAsync(ToRequest(context, source.SOPClassUID, source.SOPInstanceUID), source.Dataset, cancellationToken);
        }
    }

    /// <summary>Sends a file that was read by C-STORE, in its own transfer syntax where the peer accepted that, else in another.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomDataException">It would have to be compressed or decompressed. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The peer accepted no context for its SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<CStoreResponse> StoreAsync(DicomFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var sopClass = file.Dataset.GetString(DicomTag.SOPClassUID) ?? file.FileMeta.GetString(DicomTag.MediaStorageSOPClassUID)
            ?? throw new DicomDataException("The data set has no SOP Class UID.", DicomTag.SOPClassUID);
        var sopInstance = file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? file.FileMeta.GetString(DicomTag.MediaStorageSOPInstanceUID)
            ?? throw new DicomDataException("The data set has no SOP Instance UID.", DicomTag.SOPInstanceUID);
        var contexts = Association.PresentationContexts;
        var context = contexts.FindAccepted(sopClass, file.TransferSyntax.UID.Value) ?? contexts.FindAccepted(sopClass)
            ?? throw new InvalidOperationException($"The peer did not accept SOP class {DicomUID.Parse(sopClass).Name}.");
        var syntax = DicomTransferSyntax.Lookup(context.TransferSyntax)
            ?? throw new InvalidOperationException($"Transfer syntax {context.TransferSyntax} cannot be written.");
        var converted = file.WithTransferSyntax(syntax);
        return StoreAsync(
            ToRequest(context, sopClass, sopInstance),
            sender => DicomWriter.WriteDatasetAsync(sender, converted.Dataset, syntax, null, _connection.Ended),
            cancellationToken);
    }

    /// <summary>Sends an object by C-STORE.</summary>
    /// <param name="request">The request, in an accepted presentation context; see <see cref="CreateStoreRequest"/>.</param>
    /// <param name="dataset">The data set, in the transfer syntax of that context; read to its end, with a few PDUs of it in memory at a time.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<CStoreResponse> StoreAsync(CStoreRequest request, Stream dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(dataset);
        return StoreAsync(request, sender => sender.CopyFromAsync(dataset, _connection.Ended), cancellationToken);
    }

    /// <summary>Makes a request for an object in one of the accepted presentation contexts, with a message id of its own.</summary>
    /// <param name="sopClassUid">SOP Class UID of the object.</param>
    /// <param name="sopInstanceUid">SOP Instance UID of the object.</param>
    /// <param name="transferSyntaxUid">UID of the transfer syntax that its data set is in.</param>
    /// <exception cref="InvalidOperationException">The peer accepted no such context.</exception>
    public CStoreRequest CreateStoreRequest(string sopClassUid, string sopInstanceUid, string transferSyntaxUid)
    {
        var context = Association.PresentationContexts.FindAccepted(sopClassUid, transferSyntaxUid)
            ?? throw new InvalidOperationException(
                $"The peer did not accept SOP class {DicomUID.Parse(sopClassUid).Name} in {DicomUID.Parse(transferSyntaxUid).Name}.");
        return ToRequest(context, sopClassUid, sopInstanceUid);
    }

    /// <summary>
    /// Sends an object by C-STORE: as it is where the peer accepted its transfer syntax, else, if it is not compressed, in another.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="InvalidOperationException">The peer accepted no context that it fits into, or it cannot be read. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public async Task<CStoreResponse> StoreAsync(RetrievableObject item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            return await StoreAsync(item, null, cancellationToken);
        }
        catch (OutgoingObjectException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }

    /// <summary>Sends an object, as part of a C-MOVE perhaps.</summary>
    /// <exception cref="OutgoingObjectException">It cannot be sent; nothing was.</exception>
    internal async Task<CStoreResponse> StoreAsync(RetrievableObject item, MoveOriginator? originator, CancellationToken cancellationToken)
    {
        var contexts = Association.PresentationContexts.Accepted.Where(context => context.RequestorIsScu);
        await using var outgoing = await OutgoingObject.OpenAsync(item, contexts, cancellationToken);
        var request = outgoing.ToRequest(_exchange.NextMessageId(), originator);
        return await StoreAsync(request, sender => outgoing.WriteAsync(sender, _connection.Ended), cancellationToken);
    }

    private CStoreRequest ToRequest(PresentationContext context, string sopClassUid, string sopInstanceUid) => new()
    {
        PresentationContext = context,
        MessageID = _exchange.NextMessageId(),
        AffectedSOPClassUID = sopClassUid,
        AffectedSOPInstanceUID = sopInstanceUid,
    };

    private Task<CStoreResponse> StoreAsync(CStoreRequest request, Func<DatasetSender, Task> writeDataset, CancellationToken cancellationToken) =>
        RunAsync(
            async () => new CStoreResponse(await AskAsync(request.PresentationContext, request, writeDataset), null), cancellationToken);
}
