using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;

namespace Noctis.Dicom.Network;

/// <summary>The N-services (PS3.7 10.1), and what is built on them.</summary>
public sealed partial class DicomClient
{
    /// <summary>N-CREATE: creates an instance (PS3.7 10.1.5).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance; null to leave the choice to the peer, which answers it in <see cref="DimseResponse.AffectedSOPInstanceUID"/>.</param>
    /// <param name="attributes">The attributes it is to have.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NCreateResponse> NCreateAsync(
        string sopClassUid, string? sopInstanceUid, DicomDataset? attributes = null, CancellationToken cancellationToken = default)
    {
        var request = new NCreateRequest
        {
            MessageID = _exchange.NextMessageId(),
            AffectedSOPClassUID = sopClassUid,
            AffectedSOPInstanceUID = sopInstanceUid,
            Dataset = attributes,
        };
        return AskAsync(sopClassUid, request, static response => new NCreateResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>N-SET: changes attributes of an instance (PS3.7 10.1.3).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance.</param>
    /// <param name="modifications">The attributes to change.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NSetResponse> NSetAsync(
        string sopClassUid, string sopInstanceUid, DicomDataset modifications, CancellationToken cancellationToken = default)
    {
        var request = new NSetRequest
        {
            MessageID = _exchange.NextMessageId(),
            RequestedSOPClassUID = sopClassUid,
            RequestedSOPInstanceUID = sopInstanceUid,
            Dataset = modifications,
        };
        return AskAsync(sopClassUid, request, static response => new NSetResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>N-GET: reads attributes of an instance (PS3.7 10.1.2).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance.</param>
    /// <param name="attributes">The attributes to read; null for all.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NGetResponse> NGetAsync(
        string sopClassUid, string sopInstanceUid, IReadOnlyList<DicomTag>? attributes = null, CancellationToken cancellationToken = default)
    {
        var request = new NGetRequest
        {
            MessageID = _exchange.NextMessageId(),
            RequestedSOPClassUID = sopClassUid,
            RequestedSOPInstanceUID = sopInstanceUid,
            AttributeIdentifierList = attributes ?? [],
        };
        return AskAsync(sopClassUid, request, static response => new NGetResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>N-ACTION: performs an action on an instance (PS3.7 10.1.4).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance.</param>
    /// <param name="actionTypeId">Action Type ID, (0000,1008).</param>
    /// <param name="information">The action information; null for none.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NActionResponse> NActionAsync(
        string sopClassUid, string sopInstanceUid, ushort actionTypeId, DicomDataset? information = null, CancellationToken cancellationToken = default)
    {
        var request = new NActionRequest
        {
            MessageID = _exchange.NextMessageId(),
            RequestedSOPClassUID = sopClassUid,
            RequestedSOPInstanceUID = sopInstanceUid,
            ActionTypeID = actionTypeId,
            Dataset = information,
        };
        return AskAsync(sopClassUid, request, static response => new NActionResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>N-DELETE: deletes an instance (PS3.7 10.1.6).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NDeleteResponse> NDeleteAsync(
        string sopClassUid, string sopInstanceUid, CancellationToken cancellationToken = default)
    {
        var request = new NDeleteRequest
        {
            MessageID = _exchange.NextMessageId(),
            RequestedSOPClassUID = sopClassUid,
            RequestedSOPInstanceUID = sopInstanceUid,
        };
        return AskAsync(sopClassUid, request, static response => new NDeleteResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>N-EVENT-REPORT: reports an event (PS3.7 10.1.1).</summary>
    /// <param name="sopClassUid">UID of its SOP class, in whose context it is asked for.</param>
    /// <param name="sopInstanceUid">UID of the instance.</param>
    /// <param name="eventTypeId">Event Type ID, (0000,1002).</param>
    /// <param name="information">The event information; null for none.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NEventReportResponse> NEventReportAsync(
        string sopClassUid, string sopInstanceUid, ushort eventTypeId, DicomDataset? information = null, CancellationToken cancellationToken = default)
    {
        var request = new NEventReportRequest
        {
            MessageID = _exchange.NextMessageId(),
            AffectedSOPClassUID = sopClassUid,
            AffectedSOPInstanceUID = sopInstanceUid,
            EventTypeID = eventTypeId,
            Dataset = information,
        };
        return AskAsync(sopClassUid, request, static response => new NEventReportResponse(response.Command, response.Dataset), cancellationToken);
    }

    /// <summary>
    /// Asks the peer to keep objects (PS3.4 J.3.2). What became of it comes later, to the <see cref="StorageCommitmentReportService"/> of
    /// <see cref="DicomClientOptions.Services"/> or of a listener.
    /// </summary>
    /// <param name="request">What to keep.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>Whether the request was taken.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept storage commitment. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NActionResponse> RequestStorageCommitmentAsync(StorageCommitmentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return NActionAsync(
            StorageCommitmentDatasets.SopClassUid,
            StorageCommitmentDatasets.InstanceUid,
            StorageCommitmentDatasets.RequestActionType,
            StorageCommitmentDatasets.Write(request),
            cancellationToken);
    }

    /// <summary>
    /// Reports to the peer what became of its request to keep objects (PS3.4 J.3.3). The association proposes the SOP class with the role of SCP
    /// (<see cref="Negotiation.PresentationContextBuilder.SelectRole"/>).
    /// </summary>
    /// <param name="result">What became of it.</param>
    /// <param name="cancellationToken">Gives up: the association is aborted.</param>
    /// <returns>Whether the report was taken.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept storage commitment. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<NEventReportResponse> ReportStorageCommitmentAsync(StorageCommitmentResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return AskAsync(
            StorageCommitmentDatasets.SopClassUid,
            StorageCommitmentReport.ToRequest(result, _exchange.NextMessageId()),
            static response => new NEventReportResponse(response.Command, response.Dataset),
            cancellationToken);
    }

    private Task<TResponse> AskAsync<TResponse>(
        string sopClassUid, DimseRequest request, Func<ReceivedResponse, TResponse> toResponse, CancellationToken cancellationToken)
    {
        var context = FindContext(sopClassUid);
        return RunAsync(
            async () => toResponse(await _exchange.AskAsync(context, request) ?? throw ReleasedInstead()), cancellationToken);
    }
}
