using System.Runtime.CompilerServices;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network;

/// <summary>C-FIND, C-MOVE and C-GET (PS3.7 9.1.2 to 9.1.4; PS3.4 annexes C and K).</summary>
public sealed partial class DicomClient
{
    /// <summary>
    /// Searches by C-FIND. The matches come as the peer sends them; leaving the loop early calls the search off by C-CANCEL-RQ, after
    /// which the association can be used again.
    /// </summary>
    /// <param name="sopClassUid">UID of the SOP class: of a <see cref="DicomQueryRetrieveModel"/>, the modality worklist or another.</param>
    /// <param name="identifier">What to look for and what to return; with Query/Retrieve Level (0008,0052) where the SOP class wants it.</param>
    /// <param name="cancellationToken">Calls the search off in order: the association can be used again.</param>
    /// <returns>The identifiers of the matches.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="OperationFailedException">The peer answers with a failure; the association goes on.</exception>
    /// <exception cref="OperationCanceledException">The search was called off.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public async IAsyncEnumerable<DicomDataset> FindAsync(
        string sopClassUid, DicomDataset identifier, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var context = FindContext(sopClassUid);
        using var turn = TakeTurn();
        var request = new CFindRequest { MessageID = _exchange.NextMessageId(), AffectedSOPClassUID = sopClassUid, Dataset = identifier };
        await BeginAsync(context, request);
        await using var calledOff = cancellationToken.UnsafeRegister(static exchange => ((DimseExchange)exchange!).RequestCancel(), _exchange);
        CFindResponse? last = null;
        try
        {
            while (last is null)
            {
                var response = ToFindResponse(await NextAsync(request));
                if (response.Status.Category != DicomStatusCategory.Pending)
                    last = response;
                else if (response.Dataset is { } match && !cancellationToken.IsCancellationRequested)
                    yield return match;
            }
        }
        finally
        {
            if (last is null && _connection.State == UpperLayerState.Sta6)
                await CallOffAsync(request);
            _exchange.EndCancellable();
        }

        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailed(request, last);
    }

    /// <summary>Has objects sent to a destination by C-MOVE.</summary>
    /// <param name="sopClassUid">UID of the SOP class: that of a <see cref="DicomQueryRetrieveModel"/>.</param>
    /// <param name="identifier">Which objects: Query/Retrieve Level (0008,0052) and the unique keys.</param>
    /// <param name="destination">AE title of the destination, as the peer knows it.</param>
    /// <param name="progress">Hears of the pending answers.</param>
    /// <param name="cancellationToken">Calls it off by C-CANCEL-RQ; the answer then tells what had been done, and the association goes on.</param>
    /// <returns>The last answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public Task<CMoveResponse> MoveAsync(
        string sopClassUid,
        DicomDataset identifier,
        string destination,
        IProgress<RetrieveResponse>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        var request = new CMoveRequest
        {
            MessageID = _exchange.NextMessageId(),
            AffectedSOPClassUID = sopClassUid,
            MoveDestination = destination,
            Dataset = identifier,
        };
        return RetrieveAsync(request, static response => new CMoveResponse(response.Command, response.Dataset), progress, cancellationToken);
    }

    /// <summary>
    /// Fetches objects by C-GET: they come on this association, in the contexts for which the role of SCP was selected
    /// (<see cref="DicomClientOptions.RoleSelections"/>).
    /// </summary>
    /// <param name="sopClassUid">UID of the SOP class: that of a <see cref="DicomQueryRetrieveModel"/>.</param>
    /// <param name="identifier">Which objects: Query/Retrieve Level (0008,0052) and the unique keys.</param>
    /// <param name="store">Takes the objects.</param>
    /// <param name="progress">Hears of the pending answers.</param>
    /// <param name="cancellationToken">Calls it off by C-CANCEL-RQ; the answer then tells what had been done, and the association goes on.</param>
    /// <returns>The last answer, whatever its status.</returns>
    /// <exception cref="InvalidOperationException">The peer did not accept the SOP class. Nothing was sent.</exception>
    /// <exception cref="DicomNetworkException">The association did not last.</exception>
    public async Task<CGetResponse> GetAsync(
        string sopClassUid,
        DicomDataset identifier,
        IStoreProvider store,
        IProgress<RetrieveResponse>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(store);
        var request = new CGetRequest { MessageID = _exchange.NextMessageId(), AffectedSOPClassUID = sopClassUid, Dataset = identifier };
        _exchange.Services = _options.Services.With(new CStoreService(store));
        try
        {
            return await RetrieveAsync(request, static response => new CGetResponse(response.Command, response.Dataset), progress, cancellationToken);
        }
        finally
        {
            _exchange.Services = _options.Services;
        }
    }

    private static CFindResponse ToFindResponse(ReceivedResponse response) => new(response.Command, response.Dataset);

    private static void ThrowIfFailed(DimseRequest request, DimseResponse? response)
    {
        if (response is { Status.Category: DicomStatusCategory.Failure })
            throw new OperationFailedException(request.Field, response.Status, response.ErrorComment, response.OffendingElements);
    }

    private async Task<TResponse> RetrieveAsync<TResponse>(
        RetrieveRequest request, Func<ReceivedResponse, TResponse> toResponse, IProgress<RetrieveResponse>? progress, CancellationToken cancellationToken)
        where TResponse : RetrieveResponse
    {
        var context = FindContext(request.AffectedSOPClassUID);
        using var turn = TakeTurn();
        await BeginAsync(context, request);
        await using var calledOff = cancellationToken.UnsafeRegister(static exchange => ((DimseExchange)exchange!).RequestCancel(), _exchange);
        try
        {
            while (true)
            {
                var response = toResponse(await NextAsync(request));
                if (response.Status.Category != DicomStatusCategory.Pending)
                    return response;
                progress?.Report(response);
            }
        }
        finally
        {
            _exchange.EndCancellable();
        }
    }

    private Task<bool> BeginAsync(PresentationContext context, DimseRequest request) => RunPartAsync(
        async () =>
        {
            await _exchange.BeginCancellableAsync(context, request);
            return true;
        },
        CancellationToken.None);

    private Task<ReceivedResponse> NextAsync(DimseRequest request) => RunPartAsync(
        async () => await _exchange.ReadResponseAsync(request, _options.OperationTimeout) ?? throw ReleasedInstead(),
        CancellationToken.None);

    /// <summary>
    /// Sends C-CANCEL-RQ and reads what the peer had sent before it saw that. One that goes on sending regardless is aborted: whoever called
    /// the search off does not wait for the rest of it.
    /// </summary>
    private async Task CallOffAsync(DimseRequest request)
    {
        _exchange.RequestCancel();
        await using var patience = _options.TimeProvider.CreateTimer(
            static connection => ((UpperLayerConnection)connection!).RequestAbort("The peer did not heed the C-CANCEL-RQ."),
            _connection,
            _options.DimseTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            while (ToFindResponse(await NextAsync(request)).Status.Category == DicomStatusCategory.Pending)
            {
            }
        }
        catch (DicomNetworkException)
        {
            // Whoever has left the loop has no use for it; the next operation says that the association has ended.
        }
    }
}
