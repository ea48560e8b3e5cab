using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>A small archive on top of the toolkit, such as its user would write: what the peers find, fetch and have committed.</summary>
internal sealed class InteropArchive : IFindProvider, IRetrieveProvider, IMoveDestinations, IStorageCommitmentProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<(DicomDataset Dataset, RetrievableObject Object)> _objects = [];
    private readonly Channel<StorageCommitmentResult> _notReported = Channel.CreateUnbounded<StorageCommitmentResult>();

    /// <summary>Scheduled procedure steps, one a data set.</summary>
    public List<DicomDataset> Worklist { get; } = [];

    /// <summary>Ports of the loopback interface by AE title.</summary>
    public ConcurrentDictionary<string, int> Destinations { get; } = new();

    /// <summary>The next result that the requestor of a storage commitment did not wait for.</summary>
    public async Task<StorageCommitmentResult> NextNotReportedAsync() => await _notReported.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task AddAsync(string path) =>
        _objects.Add(((await DicomFile.OpenAsync(path)).Dataset, await RetrievableObject.FromFileAsync(path)));

    public async IAsyncEnumerable<CFindMatch> FindAsync(
        CFindRequest request, Association association, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var answer in Answer(request))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new CFindMatch(answer);
        }
    }

    public ValueTask<IReadOnlyList<RetrievableObject>> FindAsync(
        RetrieveRequest request, Association association, CancellationToken cancellationToken)
    {
        var model = DicomQueryRetrieveModel.OfSOPClass(DicomUID.Parse(request.AffectedSOPClassUID))!;
        var level = model.CheckRetrieval(request.Dataset!);
        var wanted = model.UniqueKeysTo(level).ToDictionary(key => key, key => request.Dataset!.GetStrings(key));
        return ValueTask.FromResult<IReadOnlyList<RetrievableObject>>(
        [
            .. _objects
                .Where(entry => wanted.All(key => key.Value.Contains(entry.Dataset.GetString(key.Key))))
                .Select(entry => entry.Object),
        ]);
    }

    public ValueTask<DicomClientOptions?> FindAsync(string aeTitle, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Destinations.TryGetValue(aeTitle, out var port) ? InteropClient.Options(port, aeTitle) : null);

    public ValueTask<StorageCommitmentResult?> CommitAsync(
        StorageCommitmentRequest request, Association association, CancellationToken cancellationToken)
    {
        var kept = _objects.Select(entry => entry.Object.SOPInstanceUID).ToHashSet();
        return ValueTask.FromResult<StorageCommitmentResult?>(new StorageCommitmentResult(
            request.TransactionUID,
            [.. request.References.Where(reference => kept.Contains(reference.SOPInstanceUID))],
            [
                .. request.References
                    .Where(reference => !kept.Contains(reference.SOPInstanceUID))
                    .Select(reference => new StorageCommitmentFailure(reference, DicomStatus.NoSuchSOPInstance.Code)),
            ]));
    }

    public ValueTask NotReportedAsync(StorageCommitmentResult result, Association association)
    {
        _notReported.Writer.TryWrite(result);
        return ValueTask.CompletedTask;
    }

    private List<DicomDataset> Answer(CFindRequest request)
    {
        var query = MatchingQuery.Compile(request.Dataset!);
        if (DicomQueryRetrieveModel.OfSOPClass(DicomUID.Parse(request.AffectedSOPClassUID)) is not { } model)
            return Worklist.FindAll(query.Matches).ConvertAll(step => MatchingAnswer.Build(query, step));

        var unique = model.UniqueKeysTo(model.CheckQuery(request.Dataset!));
        return _objects
            .ConvertAll(entry => entry.Dataset)
            .DistinctBy(dataset => string.Join('/', unique.Select(key => dataset.GetString(key))))
            .Where(query.Matches)
            .Select(dataset => MatchingAnswer.Build(query, dataset, unique))
            .ToList();
    }
}
