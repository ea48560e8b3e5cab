using System.Collections.Frozen;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Serves C-FIND (PS3.7 9.1.2): query of studies (PS3.4 annex C), modality worklist (annex K) or whatever SOP classes it is made for.
/// Matches go out as they are found; a C-CANCEL-RQ ends the search.
/// </summary>
/// <param name="provider">Finds the matches.</param>
/// <param name="sopClassUids">UIDs of the SOP classes; none for those of <see cref="DicomQueryRetrieveModel"/>.</param>
public sealed class CFindService(IFindProvider provider, params IEnumerable<string> sopClassUids) : IDimseService
{
    // Matches that are ready together go out together: 16 KiB are some fifty of them, and a fraction of what the system buffers anyway.
    private const int BatchLength = 16 * 1024;

    private readonly FrozenSet<string> _sopClasses = sopClassUids.ToFrozenSet(StringComparer.Ordinal) is { Count: > 0 } given
        ? given
        : DicomQueryRetrieveModel.FindUids;

    /// <summary>Serves the modality worklist (PS3.4 annex K).</summary>
    /// <param name="provider">Finds the scheduled procedure steps.</param>
    public static CFindService Worklist(IFindProvider provider) => new(provider, DicomUID.ModalityWorklistInformationModelFind.Value);

    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.AnyOf(abstractSyntax, _sopClasses);

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.CFindRequest && _sopClasses.Contains(abstractSyntax);

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var identifier = await operation.ReadWholeDatasetAsync(cancellationToken)
            ?? throw new OperationRefusedException(DicomStatus.DataSetDoesNotMatchSOPClass, "The C-FIND-RQ has no identifier.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, operation.CancelRequested);
        var cancelled = false;
        try
        {
            await SendMatchesAsync(operation, CFindRequest.Read(operation, identifier), stop.Token);
            cancelled = operation.IsCancelRequested;
        }
        catch (OperationCanceledException) when (operation.IsCancelRequested && !cancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }

        await operation.RespondAsync(
            ToResponse(operation, cancelled ? DicomStatus.Cancel : DicomStatus.Success, null), cancellationToken);
    }

    private static CFindResponse ToResponse(DimseOperation operation, DicomStatus status, DicomDataset? identifier) => new()
    {
        MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
        Status = status,
        Dataset = identifier,
    };

    private async ValueTask SendMatchesAsync(DimseOperation operation, CFindRequest request, CancellationToken stop)
    {
        await using var matches = provider.FindAsync(request, operation.Association, stop).GetAsyncEnumerator(stop);
        while (!operation.IsCancelRequested)
        {
            if (!await MoveNextAsync(operation, matches))
                break;
            var match = matches.Current;
            var status = match.SupportsAllKeys ? DicomStatus.Pending : DicomStatus.PendingWithoutOptionalKeys;
            if (operation.Queue(ToResponse(operation, status, match.Identifier)) >= BatchLength)
                await operation.FlushAsync();
        }

        await operation.FlushAsync();
    }

    /// <summary>What is queued goes out as soon as there is something to wait for.</summary>
    private static async ValueTask<bool> MoveNextAsync(DimseOperation operation, IAsyncEnumerator<CFindMatch> matches)
    {
        var next = matches.MoveNextAsync();
        if (next.IsCompleted)
            return await next;

        var found = next.AsTask();
        try
        {
            await operation.FlushAsync();
        }
        catch
        {
            // An enumerator must not be disposed of while it is moving; it has been told to stop.
            await ((Task)found).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await operation.WatchAsync(new ValueTask<bool>(found));
    }
}
