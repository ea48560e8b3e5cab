using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Archive.Quarantine;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Services;

/// <summary>
/// C-STORE (PS3.4 annex B) into the archive of the facility whose association it is. Objects are taken as they are: every
/// storage SOP class of the standard, those it may yet define, and private ones; in every transfer syntax known here,
/// compressed ones first, so that no sender has to decompress.
/// </summary>
internal sealed class StoreService : IGatewayService, IStoreProvider
{
    /// <summary>The root of all UIDs that the standard gives (PS3.6 annex A): below it a class is known, or it is none for storage.</summary>
    private const string StandardRoot = "1.2.840.10008.";

    /// <summary>Where the standard puts its storage classes: one that is newer than our tables is still one.</summary>
    private const string StandardStorageRoot = "1.2.840.10008.5.1.4.1.1.";

    private static readonly AbstractSyntaxPolicy StoragePolicy =
        AcceptedSyntaxes.VerificationAndStorage(DicomUID.SecondaryCaptureImageStorage.Value)!;

    private readonly InstanceIngest _ingest;
    private readonly CStoreService _provider;

    public StoreService(InstanceIngest ingest)
    {
        _ingest = ingest;
        _provider = new CStoreService(this);
    }

    public GatewayService Description { get; } = new(
        "C-STORE", "Storage (C-STORE)", "Takes images and other objects that devices send, and keeps them in the facility's archive.", "Storage")
    { TakesObjects = true };

    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax)
    {
        if (AcceptedSyntaxes.VerificationOnly(abstractSyntax) is not null)
            return null;
        if (AcceptedSyntaxes.VerificationAndStorage(abstractSyntax) is { } known)
            return known;
        if (!DicomUID.IsValid(abstractSyntax))
            return null;

        // A private class says nowhere whether it is for storage. Devices send private objects beside their images, and an
        // archive that refuses them loses them; what isn't a C-STORE is answered "unrecognized operation" anyway.
        var isPrivate = !abstractSyntax.StartsWith(StandardRoot, StringComparison.Ordinal);
        var isYetUnknown = abstractSyntax.StartsWith(StandardStorageRoot, StringComparison.Ordinal) && DicomUID.Find(abstractSyntax) is not { IsRegistered: true };
        return isPrivate || isYetUnknown ? StoragePolicy : null;
    }

    public bool Serves(CommandField command, string abstractSyntax) => _provider.Serves(command, abstractSyntax);

    public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) =>
        _provider.HandleAsync(operation, cancellationToken);

    public async ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken)
    {
        var caller = AdmittedCaller.Of(association);
        var origin = new IngestOrigin
        {
            TransferSyntaxUid = request.TransferSyntaxUID,
            SopClassUid = request.AffectedSOPClassUID,
            SopInstanceUid = request.AffectedSOPInstanceUID,
            CallingAETitle = AETitle.Clean(association.CallingAETitle),
            CalledAETitle = AETitle.Clean(association.CalledAETitle),
            IsRehearsal = caller.IsSelfTest,
            Quarantine = caller.IsQuarantined ? new QuarantineTerms(caller.Settings.Access.QuarantineGigabytes * 1_000_000_000L) : null,
            RemoteAddress = AssociationCall.Plain(association.Peer.RemoteEndPoint.Address).ToString(),
        };
        var begun = await _ingest.BeginAsync(caller.Scope, origin, cancellationToken);
        if (begun.TryGetValue(out var incoming))
            return new StoreReceiver(incoming, caller);
        caller.Refusal = begun.Error as IngestError;
        throw new OperationRefusedException(StatusOf(begun.Error!), begun.Error!.Message);
    }

    internal static DicomStatus StatusOf(Error error) =>
        error is IngestError refused ? new DicomStatus(refused.DicomStatus) : DicomStatus.ProcessingFailure;
}
