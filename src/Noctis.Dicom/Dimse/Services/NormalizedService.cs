using System.Collections.Frozen;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// The base of services on normalized SOP classes (PS3.7 10): Modality Performed Procedure Step, Storage Commitment, Print and their like.
/// A service overrides the operations that its SOP classes have. One object serves every association at once: thread safe.
/// </summary>
public abstract class NormalizedService : IDimseService
{
    private readonly FrozenSet<string> _sopClasses;

    /// <summary>Makes a service.</summary>
    /// <param name="sopClassUids">UIDs of the SOP classes, or meta SOP classes, that are negotiated for it.</param>
    protected NormalizedService(params IEnumerable<string> sopClassUids) => _sopClasses = sopClassUids.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public virtual AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.AnyOf(abstractSyntax, _sopClasses);

    /// <inheritdoc/>
    public virtual bool Serves(CommandField command, string abstractSyntax) =>
        _sopClasses.Contains(abstractSyntax)
        && command is CommandField.NCreateRequest or CommandField.NSetRequest or CommandField.NGetRequest
            or CommandField.NActionRequest or CommandField.NDeleteRequest or CommandField.NEventReportRequest;

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var dataset = await operation.ReadWholeDatasetAsync(cancellationToken);
        var answer = operation.Request.Field switch
        {
            CommandField.NCreateRequest => RespondAsync(NCreateRequest.Read(operation, dataset), CreateAsync, ToResponse),
            CommandField.NSetRequest => RespondAsync(NSetRequest.Read(operation, dataset), SetAsync, ToResponse),
            CommandField.NGetRequest => RespondAsync(NGetRequest.Read(operation, dataset), GetAsync, ToResponse),
            CommandField.NActionRequest => RespondAsync(NActionRequest.Read(operation, dataset), ActionAsync, ToResponse),
            CommandField.NDeleteRequest => RespondAsync(NDeleteRequest.Read(operation, dataset), DeleteAsync, ToResponse),
            CommandField.NEventReportRequest => RespondAsync(NEventReportRequest.Read(operation, dataset), EventReportAsync, ToResponse),
            _ => throw NotOffered(),
        };
        await answer;

        async ValueTask RespondAsync<TRequest, TResponse>(
            TRequest request,
            Func<TRequest, Association, CancellationToken, ValueTask<NServiceResult>> perform,
            Func<TRequest, NServiceResult, TResponse> toResponse)
            where TResponse : DimseResponse
        {
            var result = await operation.WatchAsync(perform(request, operation.Association, cancellationToken));
            await operation.RespondAsync(toResponse(request, result), cancellationToken);
        }
    }

    /// <summary>Creates an instance (PS3.7 10.1.5). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> CreateAsync(NCreateRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    /// <summary>Changes attributes of an instance (PS3.7 10.1.3). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> SetAsync(NSetRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    /// <summary>Reads attributes of an instance (PS3.7 10.1.2). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> GetAsync(NGetRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    /// <summary>Performs an action on an instance (PS3.7 10.1.4). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> ActionAsync(NActionRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    /// <summary>Deletes an instance (PS3.7 10.1.6). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> DeleteAsync(NDeleteRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    /// <summary>Takes the report of an event (PS3.7 10.1.1). Unless overridden it is not offered: 0211, unrecognized operation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="association">The association.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="OperationRefusedException">The request is refused.</exception>
    protected virtual ValueTask<NServiceResult> EventReportAsync(NEventReportRequest request, Association association, CancellationToken cancellationToken) =>
        throw NotOffered();

    private static NCreateResponse ToResponse(NCreateRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.AffectedSOPClassUID,
        AffectedSOPInstanceUID = result.AffectedSOPInstanceUID ?? request.AffectedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
        AttributeIdentifierList = result.AttributeIdentifierList,
    };

    private static NSetResponse ToResponse(NSetRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.RequestedSOPClassUID,
        AffectedSOPInstanceUID = request.RequestedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
        AttributeIdentifierList = result.AttributeIdentifierList,
    };

    private static NGetResponse ToResponse(NGetRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.RequestedSOPClassUID,
        AffectedSOPInstanceUID = request.RequestedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
        AttributeIdentifierList = result.AttributeIdentifierList,
    };

    private static NActionResponse ToResponse(NActionRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.RequestedSOPClassUID,
        AffectedSOPInstanceUID = request.RequestedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
        ActionTypeID = request.ActionTypeID,
    };

    private static NDeleteResponse ToResponse(NDeleteRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.RequestedSOPClassUID,
        AffectedSOPInstanceUID = request.RequestedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
    };

    private static NEventReportResponse ToResponse(NEventReportRequest request, NServiceResult result) => new()
    {
        MessageIDBeingRespondedTo = request.MessageID,
        AffectedSOPClassUID = request.AffectedSOPClassUID,
        AffectedSOPInstanceUID = request.AffectedSOPInstanceUID,
        Status = result.Status,
        ErrorComment = result.ErrorComment,
        Dataset = result.Dataset,
        EventTypeID = request.EventTypeID,
    };

    private static OperationRefusedException NotOffered() =>
        new(DicomStatus.UnrecognizedOperation, "The operation is not offered for this SOP class.");
}
