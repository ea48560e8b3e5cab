using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Noctis.Archive;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.Telemetry;

namespace Noctis.Gateway.SelfTests;

/// <summary>
/// Tests this node's listeners as a device would: through the facility's port, by DICOM. What it does appears in no journal and no
/// figure, see <see cref="SelfTestConnections"/>; it takes a place among the associations while it lasts. Thread safe.
/// </summary>
public sealed class SelfTester
{
    private const string CallingAETitle = "NOCTIS_SELFTEST";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly CurrentDirectory _directory;
    private readonly ListenerStatusBoard _board;
    private readonly SelfTestConnections _connections;
    private readonly SelfTestCertificate _certificate;
    private readonly SelfTestRecords _records;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile SharedDoorTest? _sharedDoor;

    internal SelfTester(
        CurrentDirectory directory, ListenerStatusBoard board, SelfTestConnections connections, SelfTestCertificate certificate,
        SelfTestRecords records, GatewayMetrics metrics, TimeProvider time, ILogger<SelfTester> logger)
    {
        (_directory, _board, _connections, _certificate, _records) = (directory, board, connections, certificate, records);
        (_metrics, _time, _logger) = (metrics, time, logger);
    }

    /// <summary>Raised with the facilities of which there are new results, once they are kept. Handlers must be quick.</summary>
    public event Action<IReadOnlySet<Guid>>? Tested;

    /// <summary>What the last test of the shared door came to, here; null while there was none, or it is off. No row holds it: it is no facility's.</summary>
    public SharedDoorTest? SharedDoor => _sharedDoor;

    /// <summary>The facilities whose listeners should run.</summary>
    public IReadOnlyList<Guid> Facilities => [.. _directory.Value.Facilities.Where(facility => facility.IsActive).Select(facility => facility.Id).Order()];

    /// <summary>For a person who has asked for it: managers and administrators.</summary>
    public async Task<Result<SelfTest>> TestAsync(FacilityScope scope, SelfTestKind kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return new ForbiddenError("A listener is tested by the facility's managers. Ask one of them.");
        if (_directory.Value.Find(scope.FacilityId) is not { IsActive: true })
            return new ConflictError("The facility takes no images at the moment, so there is no listener to test.");
        return (await TestAsync([scope.FacilityId], kind, 1, cancellationToken)).Single();
    }

    /// <summary>Tests some, a few at a time, and keeps the results.</summary>
    public async Task<IReadOnlyList<SelfTest>> TestAsync(IReadOnlyCollection<Guid> facilities, SelfTestKind kind, int atOnce, CancellationToken cancellationToken)
    {
        var results = new List<SelfTest>(facilities.Count);
        await Parallel.ForEachAsync(facilities, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (facilityId, token) =>
        {
            var test = await TestAsync(facilityId, kind, token);
            _metrics.SelfTested(test);
            if (!test.Succeeded)
                Log.SelfTestFailed(_logger, _directory.NameOf(Door.Of(facilityId)), test.Message);
            lock (results)
                results.Add(test);
        });
        await _records.AddAsync(results, cancellationToken);
        Subscribers.Tell(Tested, results.Select(test => test.FacilityId).ToHashSet(), _logger);
        return results;
    }

    /// <summary>Echoes through the shared door, as the first facility's caller: what is tested is the door, which is everybody's.</summary>
    /// <returns>Null where there is nothing to test: the door is off, or no facility is active.</returns>
    public async Task<SharedDoorTest?> TestSharedDoorAsync(CancellationToken cancellationToken = default)
    {
        if (_board.SharedDoor.State == ListenerState.Stopped || Facilities is not [var facilityId, ..])
            return _sharedDoor = null;
        var (startedUtc, started) = (_time.GetUtcNow().UtcDateTime, _time.GetTimestamp());
        var (succeeded, message) = await TryAsync(Door.Shared, facilityId, SelfTestKind.Echo, cancellationToken);
        var duration = (int)_time.GetElapsedTime(started).TotalMilliseconds;
        if (!succeeded)
            Log.SelfTestFailed(_logger, _directory.NameOf(Door.Shared), message ?? "");
        return _sharedDoor = new SharedDoorTest(startedUtc, duration, succeeded, message ?? $"alive: answered in {duration} ms");
    }

    private async Task<SelfTest> TestAsync(Guid facilityId, SelfTestKind kind, CancellationToken cancellationToken)
    {
        var (startedUtc, started) = (_time.GetUtcNow().UtcDateTime, _time.GetTimestamp());
        var (succeeded, message) = await TryAsync(Door.Of(facilityId), facilityId, kind, cancellationToken);
        var duration = (int)_time.GetElapsedTime(started).TotalMilliseconds;
        return new SelfTest
        {
            FacilityId = facilityId,
            Kind = kind,
            TimeUtc = startedUtc,
            DurationMs = duration,
            Succeeded = succeeded,
            Message = message ?? (kind == SelfTestKind.Echo ? $"alive: answered in {duration} ms" : $"alive: an image went all the way and was taken back, in {duration} ms"),
            Node = ServerNode.Machine,
        };
    }

    /// <returns>Whether it is alive, and what else to say than that.</returns>
    private async Task<(bool Succeeded, string? Message)> TryAsync(Door tested, Guid facilityId, SelfTestKind kind, CancellationToken cancellationToken)
    {
        var status = _board.Get(tested);
        if (status is not { State: ListenerState.Running, EndPoint: { } door } || _directory.Value.Find(facilityId) is not { } facility)
            return (false, $"association failed: the port is not open. {status.Reason} {status.Remedy}".Trim());

        IPEndPoint? ours = null;
        try
        {
            var options = OptionsFor(facility, tested, door, end => _connections.Expect(ours = end, facilityId, tested.IsShared));
            await using var client = await DicomClient.ConnectAsync(options, cancellationToken);
            var fault = kind == SelfTestKind.Echo ? await EchoAsync(client, cancellationToken) : await StoreAsync(client, cancellationToken);
            await client.ReleaseAsync(cancellationToken);
            return (fault is null, fault);
        }
        catch (AssociationRejectedException rejected) when (rejected.Reason == AssociateRejectReason.LocalLimitExceeded)
        {
            // Nobody else would get in either, but it lives.
            return (true, "alive, but full: every association that the facility may have is taken");
        }
        catch (DicomNetworkException exception)
        {
            return (false, $"association failed: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // Not accepted what was proposed.
            return (false, $"association failed: {exception.Message}");
        }
        finally
        {
            if (ours is not null)
                await _connections.ForgetAsync(ours, ConnectLimit, _time);
        }
    }

    private static async Task<string?> EchoAsync(DicomClient client, CancellationToken cancellationToken)
    {
        var status = await client.EchoAsync(cancellationToken);
        return status.IsSuccessOrWarning ? null : $"echo failed: answered with status {status}";
    }

    private async Task<string?> StoreAsync(DicomClient client, CancellationToken cancellationToken)
    {
        var image = SelfTestImage.Create(_time.GetUtcNow().UtcDateTime);
        var request = client.CreateStoreRequest(SelfTestImage.SopClass.Value, image.SopInstanceUid, SelfTestImage.Syntax.UID.Value);
        using var dataset = new MemoryStream(image.Dataset, writable: false);
        CStoreResponse response = await client.StoreAsync(request, dataset, cancellationToken);
        if (response.Status.IsSuccessOrWarning)
            return null;
        return response.ErrorComment is { Length: > 0 } comment
            ? $"image refused: {comment} (status {response.Status})"
            : $"image refused: answered with status {response.Status}";
    }

    private DicomClientOptions OptionsFor(GatewayFacility facility, Door tested, IPEndPoint door, Action<IPEndPoint> bound)
    {
        // A listener on every address is called by the one that no firewall stands before.
        var address = door.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : door.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : door.Address;
        return new DicomClientOptions
        {
            Host = address.ToString(),
            Port = door.Port,
            LocalEndPoint = new IPEndPoint(address, 0),
            Bound = bound,
            CallingAETitle = CallingAETitle,
            CalledAETitle = facility.AETitle,
            PresentationContexts =
            [
                new PresentationContextRq(1, DicomUID.Verification.Value, [DicomTransferSyntax.ImplicitVRLittleEndian.UID.Value]),
                new PresentationContextRq(3, SelfTestImage.SopClass.Value, [SelfTestImage.Syntax.UID.Value]),
            ],
            // It is our own listener, at an address of this machine: who has signed its certificate is for others to judge, that it has ended
            // is a fault for everybody.
            Tls = tested.IsShared || facility.Settings.Network.Tls == TlsMode.Off ? null : new DicomTlsClientOptions
            {
                Certificate = _certificate.Value,
                ValidateServerCertificate = (_, certificate, _, _) => certificate is X509Certificate2 own && own.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime,
            },
            ConnectTimeout = ConnectLimit,
            ArtimTimeout = AnswerLimit,
            DimseTimeout = AnswerLimit,
            TimeProvider = _time,
        };
    }
}
