using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>Has two objects, takes everything and keeps nothing: what stands behind the services of <see cref="AcceptorTarget"/>.</summary>
internal sealed class FuzzArchive : IStoreProvider, IStoreReceiver, IFindProvider, IRetrieveProvider, IMoveDestinations, IStorageCommitmentProvider
{
    private static readonly DicomDataset[] Images = [.. Enumerable.Range(1, 2).Select(Image)];

    private FuzzArchive()
    {
    }

    /// <summary>Every service that there is for an acceptor.</summary>
    public static DimseServices Services()
    {
        var archive = new FuzzArchive();
        return DimseServices.EchoAndStore(archive)
            .With(new CFindService(archive))
            .With(new CGetService(archive))
            .With(new CMoveService(archive, archive, NullLogger<CMoveService>.Instance))
            .With(new StorageCommitmentService(archive));
    }

    public ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IStoreReceiver>(this);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(CStoreResult.Success);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<CFindMatch> FindAsync(
        CFindRequest request, Association association, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MatchingQuery query;
        try
        {
            query = MatchingQuery.Compile(request.Dataset!);
        }
        catch (MatchingException exception)
        {
            throw new OperationRefusedException(DicomStatus.DataSetDoesNotMatchSOPClass, exception.Comment);
        }

        foreach (var image in Images)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (query.Matches(image))
                yield return new CFindMatch(MatchingAnswer.Build(query, image));
        }
    }

    public ValueTask<IReadOnlyList<RetrievableObject>> FindAsync(RetrieveRequest request, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RetrievableObject>>([.. Images.Select(image => new InMemory(image))]);

    public ValueTask<DicomClientOptions?> FindAsync(string aeTitle, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DicomClientOptions?>(null);

    public ValueTask<StorageCommitmentResult?> CommitAsync(StorageCommitmentRequest request, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult<StorageCommitmentResult?>(new StorageCommitmentResult(request.TransactionUID, request.References, []));

    public ValueTask NotReportedAsync(StorageCommitmentResult result, Association association) => ValueTask.CompletedTask;

    private static DicomDataset Image(int number) => new DicomDataset()
        .SetString(DicomTag.SOPClassUID, DicomUID.CTImageStorage.Value)
        .SetString(DicomTag.SOPInstanceUID, $"1.2.3.{number}")
        .SetString(DicomTag.PatientName, $"Phantom^{number}")
        .SetString(DicomTag.StudyInstanceUID, "1.2.3");

    private sealed class InMemory(DicomDataset dataset) : RetrievableObject
    {
        public override string SOPClassUID => DicomUID.CTImageStorage.Value;

        public override string SOPInstanceUID => dataset.GetString(DicomTag.SOPInstanceUID)!;

        public override string TransferSyntaxUID => DicomUID.ExplicitVRLittleEndian.Value;

        public override ValueTask<Stream> OpenDatasetAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<Stream>(new MemoryStream(DatasetGenerator.Encode(dataset, DicomTransferSyntax.ExplicitVRLittleEndian)));
    }
}
