using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Serves C-STORE (PS3.7 9.1.1, PS3.4 annex B): hands each object to an <see cref="IStoreProvider"/> piece by piece as it
/// arrives, in every SOP class that negotiation let through.
/// </summary>
/// <param name="provider">Takes the objects.</param>
public sealed class CStoreService(IStoreProvider provider) : IDimseService
{
    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.StorageOnly(abstractSyntax);

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.CStoreRequest && abstractSyntax != DicomUID.Verification.Value;

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var result = FindFault(operation) ?? await StoreAsync(operation, ToRequest(operation), cancellationToken);

        // The answer must not overtake the data set: the sender is not listening until it has sent all of it.
        while (await operation.ReadDatasetAsync(cancellationToken))
        {
        }

        await operation.RespondAsync(
            new CStoreResponse
            {
                MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
                AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
                AffectedSOPInstanceUID = operation.Request.SOPInstanceUID,
                Status = result.Status,
                ErrorComment = result.ErrorComment,
                OffendingElements = result.OffendingElements ?? [],
            },
            cancellationToken);
    }

    private async ValueTask<CStoreResult> StoreAsync(DimseOperation operation, CStoreRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await using var receiver = await operation.WatchAsync(provider.BeginAsync(request, operation.Association, cancellationToken));
            while (await operation.ReadDatasetAsync(cancellationToken))
            {
                foreach (var segment in operation.Fragment)
                {
                    if (!segment.IsEmpty)
                        await receiver.WriteAsync(segment, cancellationToken);
                }
            }

            return await operation.WatchAsync(receiver.CompleteAsync(cancellationToken));
        }
        catch (OperationRefusedException refusal)
        {
            return new CStoreResult(refusal.Status, refusal.Message, refusal.OffendingElements);
        }
    }

    private static CStoreResult? FindFault(DimseOperation operation)
    {
        var request = operation.Request;
        if (!request.HasDataset)
            return new CStoreResult(DicomStatus.MistypedArgument, "The C-STORE-RQ says that it has no data set.");
        if (request.SOPClassUID != operation.PresentationContext.AbstractSyntax)
            return new CStoreResult(DicomStatus.SOPClassNotSupported, "SOP class is not that of the presentation context.");
        return IsSafe(request.SOPInstanceUID)
            ? null
            : new CStoreResult(DicomStatus.InvalidSOPInstance, "Affected SOP Instance UID is missing or no UID.");
    }

    private static CStoreRequest ToRequest(DimseOperation operation)
    {
        var request = operation.Request;
        return new CStoreRequest
        {
            PresentationContext = operation.PresentationContext,
            MessageID = request.MessageID.GetValueOrDefault(),
            AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
            AffectedSOPInstanceUID = request.SOPInstanceUID!,
            Priority = (Priority)request.GetUInt16(DicomTag.Priority).GetValueOrDefault(),
            MoveOriginatorApplicationEntityTitle = request.GetString(DicomTag.MoveOriginatorApplicationEntityTitle),
            MoveOriginatorMessageID = request.GetUInt16(DicomTag.MoveOriginatorMessageID),
        };
    }

    // Deviates from PS3.5 9.1 because devices in the field write components with leading zeros: those are taken. What matters is that the
    // UID has no empty component and nothing but digits and dots, so that it can stand in a path or a query.
    internal static bool IsSafe([NotNullWhen(true)] string? uid)
    {
        if (uid is null || uid.Length > DicomUID.MaxLength)
            return false;
        var previous = '.';
        foreach (var character in uid)
        {
            if (!char.IsAsciiDigit(character) && (character != '.' || previous == '.'))
                return false;
            previous = character;
        }

        return previous != '.';
    }
}
