using System.Diagnostics.Metrics;
using Noctis.Archive.Journal;
using Noctis.Archive.SelfTests;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Telemetry;

/// <summary>
/// What the front door counts, for OpenTelemetry and Prometheus. Of labels there are few: the facility by its AE title, and words of ours;
/// what peers send never becomes one, since each new one is a series for ever. Counting costs nothing while nobody listens. Thread safe.
/// </summary>
public sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "Noctis.Gateway";

    /// <summary>The label of what is no facility's: a call that went astray.</summary>
    private const string Nobody = "none";

    private readonly Meter _meter;
    private readonly CurrentDirectory _directory;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _operations;
    private readonly Counter<long> _images;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _quarantined;
    private readonly Histogram<double> _store;
    private readonly Counter<long> _selfTests;

    /// <param name="meters">The host's; null makes a meter of our own.</param>
    /// <param name="directory">Whose AE titles are the labels.</param>
    /// <param name="board">What listeners do at the moment.</param>
    /// <param name="journal">Which may have dropped rows.</param>
    public GatewayMetrics(IMeterFactory? meters, CurrentDirectory directory, ListenerStatusBoard board, JournalWriter journal)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _directory = directory;
        _opened = _meter.CreateCounter<long>("noctis.associations.opened", "{association}", "Associations that were accepted");
        _closed = _meter.CreateCounter<long>("noctis.associations.closed", "{association}", "Associations that ended, by how");
        _failed = _meter.CreateCounter<long>("noctis.connections.failed", "{connection}", "Connections that ended before there was an association, by why");
        _refusals = _meter.CreateCounter<long>("noctis.refusals", "{refusal}", "Associations that were refused, by the code of the journal");
        _operations = _meter.CreateCounter<long>("noctis.operations", "{operation}", "DIMSE operations, by kind and class of status");
        _images = _meter.CreateCounter<long>("noctis.images", "{object}", "Objects stored");
        _bytes = _meter.CreateCounter<long>("noctis.received", "By", "Bytes of the data sets of objects stored");
        _quarantined = _meter.CreateCounter<long>("noctis.quarantined", "{object}", "Objects of devices that are not registered, set apart and not stored");
        _store = _meter.CreateHistogram("noctis.store.duration", "s", "From a C-STORE request to its answer",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        _selfTests = _meter.CreateCounter<long>("noctis.selftests", "{test}", "Self-tests, by kind and outcome");
        _meter.CreateObservableGauge("noctis.associations.active", () => Measure(board, status => status.ActiveAssociations), "{association}", "Associations now");
        _meter.CreateObservableGauge("noctis.listener.running", () => Measure(board, status => status.State == ListenerState.Running ? 1 : 0), "1",
            "1 while the facility's port takes associations, 0 while it does not");
        _meter.CreateObservableGauge("noctis.listener.failed", () => Measure(board, status => status.State == ListenerState.Failed || status.IsFailing ? 1 : 0), "1",
            "1 while the facility's port should listen and cannot, or does and most devices refuse to connect, as with an expired certificate");
        _meter.CreateObservableCounter("noctis.journal.dropped", () => journal.Dropped, "{row}", "Journal rows that were lost");
    }

    /// <summary>Whether a figure has more labels than the facility, and so several series for each.</summary>
    public static bool IsCombined(string instrument) =>
        instrument is "noctis.associations.closed" or "noctis.connections.failed" or "noctis.refusals" or "noctis.operations" or "noctis.selftests";

    public void Dispose() => _meter.Dispose();

    internal void AssociationOpened(Guid facilityId) => _opened.Add(1, Label(facilityId));

    internal void AssociationClosed(Guid facilityId, AssociationEnding ending) =>
        _closed.Add(1, Label(facilityId), new("ending", ending.ToString()));

    internal void ConnectionFailed(Guid? facilityId, ConnectionFailureKind kind) => _failed.Add(1, Label(facilityId), new("kind", kind.ToString()));

    internal void Refused(Guid? facilityId, JournalCode code) => _refusals.Add(1, Label(facilityId), new("code", code.ToString()));

    internal void OperationCompleted(Guid facilityId, OperationSummary operation, bool isQuarantined)
    {
        var facility = Label(facilityId);
        var outcome = operation.Status is { } status ? status.Category.ToString() : "Unanswered";
        _operations.Add(1, facility, new("kind", operation.Command.ToString()), new("status", outcome));
        if (operation.Command != CommandField.CStoreRequest || operation.Status is not { IsSuccessOrWarning: true })
            return;
        if (isQuarantined)
        {
            _quarantined.Add(1, facility);
            return;
        }

        _images.Add(1, facility);
        _bytes.Add(operation.DatasetBytes, facility);
        _store.Record(operation.Duration.TotalSeconds, facility);
    }

    internal void SelfTested(SelfTest test) =>
        _selfTests.Add(1, Label(test.FacilityId), new("kind", test.Kind.ToString()), new("outcome", test.Succeeded ? "Succeeded" : "Failed"));

    private IEnumerable<Measurement<int>> Measure(ListenerStatusBoard board, Func<ListenerStatus, int> figure) =>
        _directory.Value.Facilities.Select(facility => new Measurement<int>(figure(board.Get(facility.Id)), new KeyValuePair<string, object?>("facility", facility.AETitle)));

    private KeyValuePair<string, object?> Label(Guid? facilityId) =>
        new("facility", facilityId is { } id && _directory.Value.Find(id) is { } facility ? facility.AETitle : Nobody);
}
