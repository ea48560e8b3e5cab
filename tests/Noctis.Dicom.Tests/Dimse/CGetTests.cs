using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class CGetTests
{
    private static readonly string ImplicitLE = DicomUID.ImplicitVRLittleEndian.Value;
    private static readonly string JpegLossless = DicomUID.JPEGLosslessSV1.Value;

    private readonly ScriptedArchive _archive = new();
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Get_Objects_ArriveByteForByteAndTheAssociationGoesOn()
    {
        _archive.AddPhantoms(5);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        var heard = new List<RetrieveResponse>();

        var response = await GetAsync(client, new Heard(heard));

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal(((ushort?)5, (ushort?)0, (ushort?)0), (response.NumberOfCompletedSuboperations, response.NumberOfFailedSuboperations, response.NumberOfWarningSuboperations));
        Assert.Null(response.NumberOfRemainingSuboperations);
        Assert.Equal([4, 3, 2, 1], heard.Select(pending => (int)pending.NumberOfRemainingSuboperations!));
        Assert.Equal(5, _store.Objects.Count);
        foreach (var (sent, received) in _archive.Objects.Zip(_store.Objects))
        {
            var expected = new MemoryStream();
            await (await sent.OpenDatasetAsync(default)).CopyToAsync(expected);
            Assert.Equal(expected.ToArray(), received.Dataset);
            Assert.Equal(sent.SOPInstanceUID, received.Request.AffectedSOPInstanceUID);
        }

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Get_NothingMatches_IsSuccessWithCountsOfZero()
    {
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await GetAsync(client);

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal((ushort)0, response.NumberOfCompletedSuboperations);
    }

    [Fact]
    public async Task Get_OtherTransferSyntaxAccepted_UncompressedObjectIsConverted()
    {
        _archive.AddPhantoms(1);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server, ImplicitLE);

        var response = await GetAsync(client);

        Assert.Equal(DicomStatus.Success, response.Status);
        var stored = Assert.Single(_store.Objects);
        Assert.Equal(ImplicitLE, stored.Request.TransferSyntaxUID);
        var dataset = Noctis.Dicom.Files.DicomReader.ReadDataset(stored.Dataset, DicomTransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal(_archive.Objects[0].SOPInstanceUID, dataset.GetString(DicomTag.SOPInstanceUID));
    }

    [Fact]
    public async Task Get_SomeCannotBeSent_WarningWithTheirListAndTheOthersArrive()
    {
        _archive.AddPhantoms(2);
        _archive.Objects.Insert(1, new PhantomObject(77, DicomTransferSyntax.ExplicitVRLittleEndian) { OnOpen = () => throw new IOException("gone") });
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await GetAsync(client);

        Assert.Equal(DicomStatus.SuboperationsCompleteWithFailures, response.Status);
        Assert.Equal(((ushort?)2, (ushort?)1), (response.NumberOfCompletedSuboperations, response.NumberOfFailedSuboperations));
        Assert.Equal("1.2.3.4.77", Assert.Single(response.Dataset!.GetStrings(DicomTag.FailedSOPInstanceUIDList)));
        Assert.Equal(2, _store.Objects.Count);
    }

    [Fact]
    public async Task Get_RequestorAcceptsNoFittingContext_FailsAndSaysHowMany()
    {
        _archive.AddPhantoms(2);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server, JpegLossless);

        var response = await GetAsync(client);

        Assert.Equal(DicomStatus.UnableToPerformSuboperations, response.Status);
        Assert.Equal((ushort)2, response.NumberOfFailedSuboperations);
        Assert.Equal("2 of 2 objects could not be sent.", response.ErrorComment);
    }

    [Fact]
    public async Task Get_StoreRefusesOne_CountsAsFailedAndWarningsAsWarnings()
    {
        _archive.AddPhantoms(3);
        var calls = 0;
        _store.OnComplete = _ => ValueTask.FromResult(++calls switch
        {
            1 => new CStoreResult(DicomStatus.OutOfResources, "full"),
            2 => new CStoreResult(DicomStatus.CoercionOfDataElements),
            _ => CStoreResult.Success,
        });
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await GetAsync(client);

        Assert.Equal(DicomStatus.SuboperationsCompleteWithFailures, response.Status);
        Assert.Equal(
            ((ushort?)1, (ushort?)1, (ushort?)1),
            (response.NumberOfCompletedSuboperations, response.NumberOfFailedSuboperations, response.NumberOfWarningSuboperations));
    }

    [Fact]
    public async Task Get_CancelledHalfWay_EndsWithWhatWasDoneAndTheAssociationGoesOn()
    {
        _archive.AddPhantoms(200);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        using var cancel = new CancellationTokenSource();
        _store.OnComplete = _ =>
        {
            if (_store.Objects.Count == 3)
                cancel.Cancel();
            return ValueTask.FromResult(CStoreResult.Success);
        };

        var response = await client.GetAsync(QueryRetrieveClient.Get, QueryRetrieveClient.StudyIdentifier, _store, null, cancel.Token);

        Assert.Equal(DicomStatus.Cancel, response.Status);
        Assert.Equal(_store.Objects.Count, (int)response.NumberOfCompletedSuboperations!);
        Assert.Equal(200 - _store.Objects.Count, (int)response.NumberOfRemainingSuboperations!);
        Assert.InRange(_store.Objects.Count, 4, 199);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Get_PeerSendsAnotherRequestInsteadOfTheStorageResponse_IsAborted()
    {
        _archive.AddPhantoms(1);
        await using var server = await StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await GetAsync(peer);

        await peer.SendAsync(RawPeer.Echo(2));

        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.Aborted, ended.Ending);
        Assert.Contains("before its last request was answered", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_StorageResponseHasADatasetThatIsNone_IsNotLookedAt()
    {
        _archive.AddPhantoms(1);
        await using var server = await StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await GetAsync(peer);
        Pdu? last;
        do
            last = await peer.ReceiveAsync();
        while (last is PDataTf data && !IsLastOfDataset(data));
        var response = RawPeer.Command(new CStoreResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.Success });
        response.AsSpan(response.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x08, 2, 0, 0, 0, 1, 1]) + 6, 2).Clear();

        await peer.SendAsync(
            new PDataTf(RawPeer.Value(5, isCommand: true, isLast: true, response)),
            new PDataTf(RawPeer.Value(5, isCommand: false, isLast: true, Enumerable.Repeat((byte)0xB2, 79).ToArray())));

        Assert.Equal(DicomStatus.Success.Code, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.Empty(server.Logs.Errors);

        static bool IsLastOfDataset(PDataTf data)
        {
            foreach (var value in data)
            {
                if (value is { IsCommand: false, IsLast: true })
                    return true;
            }

            return false;
        }
    }

    [Fact]
    public async Task StorageContexts_WithCGetAlone_RequestorIsScpAndMayNotStore()
    {
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        var context = client.Association.PresentationContexts.FindAccepted(DicomUID.CTImageStorage.Value)!;
        Assert.Equal((false, true), (context.RequestorIsScu, context.RequestorIsScp));

        var request = client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value);
        var response = await client.StoreAsync(request, new MemoryStream(new byte[100]));

        Assert.Equal(DicomStatus.UnrecognizedOperation, response.Status);
    }

    [Fact]
    public void Negotiation_StoreAndGetTogether_RequestorMayBeBoth()
    {
        var services = DimseServices.EchoAndStore(_store).With(new CGetService(_archive));

        var policy = services.FindAbstractSyntax(DicomUID.CTImageStorage.Value)!;

        Assert.True(policy is { RequestorMayBeScu: true, RequestorMayBeScp: true });
        Assert.True(policy.AcceptsTransferSyntax(JpegLossless));
        Assert.False(services.FindAbstractSyntax(QueryRetrieveClient.Get)!.AcceptsTransferSyntax(JpegLossless));
        Assert.Null(services.FindAbstractSyntax(QueryRetrieveClient.Find));
    }

    private Task<CGetResponse> GetAsync(DicomClient client, IProgress<RetrieveResponse>? progress = null) =>
        client.GetAsync(QueryRetrieveClient.Get, QueryRetrieveClient.StudyIdentifier, _store, progress);

    private Task<TestListener> StartAsync() => TestListener.StartAsync(services: DimseServices.Echo.With(new CGetService(_archive)));

    // Progress<T> posts to the pool, out of order.
    private sealed class Heard(List<RetrieveResponse> responses) : IProgress<RetrieveResponse>
    {
        public void Report(RetrieveResponse value) => responses.Add(value);
    }

    /// <summary>Asks for an object, and has received the request to store it.</summary>
    private static async Task GetAsync(RawPeer peer)
    {
        await peer.SendAsync(new AAssociateRq
        {
            CalledAETitle = TestListener.AETitle,
            CallingAETitle = "WORKSTATION",
            PresentationContexts =
            [
                new(1, DicomUID.Verification.Value, [ImplicitLE]),
                new(3, QueryRetrieveClient.Get, [DicomUID.ExplicitVRLittleEndian.Value]),
                new(5, DicomUID.CTImageStorage.Value, [DicomUID.ExplicitVRLittleEndian.Value]),
            ],
            UserInformation = new UserInformation
            {
                MaximumLength = 16384,
                ImplementationClassUid = "1.2.3",
                RoleSelections = [new(DicomUID.CTImageStorage.Value, false, true)],
            },
        });
        await peer.ReceiveAsync();
        var command = RawPeer.Command(new CGetRequest { MessageID = 1, AffectedSOPClassUID = QueryRetrieveClient.Get, Dataset = [] });
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, command),
            RawPeer.Value(3, isCommand: false, isLast: true, Array.Empty<byte>())));
        Assert.Equal(CommandField.CStoreRequest, (await peer.ReceiveCommandAsync()).Field);
    }
}
