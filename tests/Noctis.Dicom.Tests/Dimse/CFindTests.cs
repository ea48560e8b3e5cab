using System.Runtime.CompilerServices;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class CFindTests
{
    private readonly ScriptedFind _find = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2000)]
    public async Task Find_Matches_ArriveInOrderAndTheAssociationGoesOn(int count)
    {
        _find.OnFind = (_, _) => ScriptedFind.Numbered(count);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var matches = await ListAsync(client);

        Assert.Equal(Enumerable.Range(1, count).Select(i => $"1.2.3.{i}"), matches.Select(match => match.GetString(DicomTag.StudyInstanceUID)));
        var request = Assert.Single(_find.Requests);
        Assert.Equal(QueryRetrieveClient.Find, request.AffectedSOPClassUID);
        Assert.Equal("Phantom*", request.Dataset!.GetString(DicomTag.PatientName));
        Assert.True(request.Dataset.Contains(DicomTag.StudyInstanceUID));
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Find_MatchesLongerThanAPdu_ComeInFragments()
    {
        var description = new string('x', 9000);
        _find.OnFind = (_, _) => Long();
        await using var server = await StartAsync();
        await using var client = await DicomClient.ConnectAsync(QueryRetrieveClient.Options(server) with { MaxPduLength = 4096 });

        var matches = await ListAsync(client);

        Assert.Equal(20, matches.Count);
        Assert.All(matches, match => Assert.Equal(description, match.GetString(DicomTag.TextValue)));

        async IAsyncEnumerable<CFindMatch> Long()
        {
            await foreach (var match in ScriptedFind.Numbered(20))
            {
                match.Identifier.SetString(DicomTag.TextValue, description);
                yield return match;
            }
        }
    }

    [Fact]
    public async Task Find_MatchThatCannotBeWritten_IsProcessingFailureAndTheAssociationGoesOn()
    {
        _find.OnFind = (_, _) => Unwritable();
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => ListAsync(client));

        Assert.Equal(DicomStatus.ProcessingFailure, failure.Status);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());

        // Compressed pixel data has no place in an uncompressed transfer syntax.
        static async IAsyncEnumerable<CFindMatch> Unwritable()
        {
            await Task.Yield();
            yield return new CFindMatch(new DicomDataset(new DicomFragmentSequence(DicomTag.PixelData, default, [new byte[] { 1, 2 }])));
        }
    }

    [Fact]
    public async Task Find_ProviderRefuses_FailsWithStatusCommentAndElementsAndTheAssociationGoesOn()
    {
        _find.OnFind = (_, _) => throw new OperationRefusedException(
            DicomStatus.DataSetDoesNotMatchSOPClass, "Study Instance UID is missing.", DicomTag.StudyInstanceUID, DicomTag.PatientID);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => ListAsync(client));

        Assert.Equal(DicomStatus.DataSetDoesNotMatchSOPClass, failure.Status);
        Assert.Equal("Study Instance UID is missing.", failure.ErrorComment);
        Assert.Equal([DicomTag.StudyInstanceUID, DicomTag.PatientID], failure.OffendingElements);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Find_ProviderFailsHalfWay_MatchesUpToThereAndThenProcessingFailure()
    {
        _find.OnFind = (_, _) => FailAfter(3);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        var matches = 0;

        var failure = await Assert.ThrowsAsync<OperationFailedException>(async () =>
        {
            await foreach (var match in client.FindAsync(QueryRetrieveClient.Find, QueryRetrieveClient.StudyIdentifier))
                matches++;
        });

        Assert.Equal(3, matches);
        Assert.Equal(DicomStatus.ProcessingFailure, failure.Status);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());

        static async IAsyncEnumerable<CFindMatch> FailAfter(int count)
        {
            await foreach (var match in ScriptedFind.Numbered(count))
                yield return match;
            throw new InvalidOperationException("broken");
        }
    }

    [Fact]
    public async Task Find_LoopLeftEarly_IsCancelledAtTheProviderAndTheAssociationGoesOn()
    {
        var stopped = new TaskCompletionSource();
        _find.OnFind = (_, token) =>
        {
            token.Register(stopped.SetResult);
            return ScriptedFind.Endless(token);
        };
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        await foreach (var match in client.FindAsync(QueryRetrieveClient.Find, QueryRetrieveClient.StudyIdentifier))
        {
            if (match.GetString(DicomTag.StudyInstanceUID) == "1.2.3.10")
                break;
        }

        await stopped.Task;
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        Assert.Equal(DicomStatus.Cancel, server.Observer.Operations.First(operation => operation.Command == CommandField.CFindRequest).Status);
    }

    [Fact]
    public async Task Find_CancelledWhileTheProviderIsSilent_EndsAtOnceAndTheAssociationGoesOn()
    {
        _find.OnFind = (_, token) => ScriptedFind.OneThenSilence(token);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var match in client.FindAsync(QueryRetrieveClient.Find, QueryRetrieveClient.StudyIdentifier, cancel.Token))
                await cancel.CancelAsync();
        });

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Find_PeerAbortsWhileTheProviderSearches_SearchIsStopped()
    {
        var stopped = new TaskCompletionSource();
        _find.OnFind = (_, token) =>
        {
            token.Register(stopped.SetResult);
            return ScriptedFind.OneThenSilence(token);
        };
        await using var server = await StartAsync();
        var client = await QueryRetrieveClient.ConnectAsync(server);
        await using var matches = client.FindAsync(QueryRetrieveClient.Find, QueryRetrieveClient.StudyIdentifier).GetAsyncEnumerator();
        Assert.True(await matches.MoveNextAsync());

        await client.AbortAsync();

        await stopped.Task;
    }

    [Fact]
    public async Task Find_SopClassNotAccepted_SaysSoAndSendsNothing()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(client));

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Find_OptionalKeysNotSupported_MatchesComeWithStatusFF01()
    {
        _find.OnFind = (_, _) => Partial();
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);
        await peer.SendAsync(FindRequest(7));

        Assert.Equal((ushort)0xFF01, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));

        static async IAsyncEnumerable<CFindMatch> Partial()
        {
            await Task.Yield();
            yield return new CFindMatch(ScriptedFind.Match(1), SupportsAllKeys: false);
        }
    }

    [Fact]
    public async Task Find_WithoutIdentifier_IsRefused()
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);
        var command = RawPeer.Command(new CFindRequest { MessageID = 1, AffectedSOPClassUID = QueryRetrieveClient.Find });

        await peer.SendAsync(new PDataTf(RawPeer.Value(1, isCommand: true, isLast: true, command)));

        Assert.Equal((ushort)0xA900, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.Empty(_find.Requests);
    }

    [Fact]
    public async Task Find_IdentifierIsNoDataset_IsRefusedAndTheAssociationGoesOn()
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);

        await peer.SendAsync(FindRequest(1, [8, 0, 0x52, 0, (byte)'C', (byte)'S', 0xFF, 0xFF, 1]));
        Assert.Equal((ushort)0xC000, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        await peer.SendAsync(FindRequest(2));

        Assert.Equal((ushort)2, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
    }

    [Fact]
    public async Task Find_IdentifierTooLong_IsReadAndRefused()
    {
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);
        var command = RawPeer.Command(new CFindRequest
        {
            MessageID = 1,
            AffectedSOPClassUID = QueryRetrieveClient.Find,
            Dataset = [],
        });
        await peer.SendAsync(new PDataTf(RawPeer.Value(1, isCommand: true, isLast: true, command)));
        for (var i = 0; i < 50; i++)
            await peer.SendAsync(new PDataTf(RawPeer.Value(1, isCommand: false, isLast: i == 49, new byte[100_000])));

        Assert.Equal((ushort)0xA700, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
    }

    [Theory]
    [InlineData(7, (ushort)0xFE00)]
    [InlineData(8, (ushort)0x0000)]
    public async Task Cancel_ByMessageId_EndsThatOperationAndNoOther(ushort cancelled, ushort expected)
    {
        var release = new TaskCompletionSource();
        _find.OnFind = (_, token) => Wait(release.Task, token);
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);
        await peer.SendAsync(FindRequest(7));

        // An echo behind it is held until the search is done, and so proves that the cancellation has been seen.
        await peer.SendAsync(CancelRequest(cancelled));
        if (cancelled != 7)
            release.SetResult();
        await peer.SendAsync(FindRequest(9));

        var last = await peer.ReceiveCommandAsync();
        Assert.Equal(expected, last.GetUInt16(DicomTag.Status));
        Assert.Equal((ushort)7, last.MessageIDBeingRespondedTo);

        static async IAsyncEnumerable<CFindMatch> Wait(Task release, [EnumeratorCancellation] CancellationToken token)
        {
            await release.WaitAsync(token);
            yield break;
        }
    }

    [Fact]
    public async Task Cancel_InPieces_IsUnderstood()
    {
        _find.OnFind = (_, token) => ScriptedFind.OneThenSilence(token);
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);
        await peer.SendAsync(FindRequest(7));
        await peer.ReceiveCommandAsync();
        await peer.ReceiveAsync();

        foreach (var single in RawPeer.Encode(CancelRequest(7)))
            await peer.SendAsync(new[] { single });

        Assert.Equal((ushort)0xFE00, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
    }

    [Fact]
    public async Task Request_BeforeTheLastIsAnswered_IsServedAfterIt()
    {
        _find.OnFind = (request, _) => ScriptedFind.Numbered(request.MessageID == 1 ? 3 : 0);
        await using var server = await StartAsync();
        await using var peer = await ConnectRawAsync(server);

        await peer.SendAsync(FindRequest(1), FindRequest(2), FindRequest(3));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((ushort)1, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
            Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        }

        Assert.Equal((ushort)1, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal((ushort)2, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal((ushort)3, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal(3, _find.Requests.Count);
    }

    [Fact]
    public async Task Worklist_IsServedInItsOwnSopClass()
    {
        _find.OnFind = (_, _) => ScriptedFind.Numbered(2);
        var worklist = DicomUID.ModalityWorklistInformationModelFind.Value;
        await using var server = await TestListener.StartAsync(services: new DimseServices(new CEchoService(), CFindService.Worklist(_find)));
        await using var client = await server.ConnectAsync(
            new PresentationContextRq(1, worklist, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, QueryRetrieveClient.Find, [DicomUID.ImplicitVRLittleEndian.Value]));
        var step = new DicomDataset().SetString(DicomTag.Modality, "CT");

        var matches = new List<DicomDataset>();
        await foreach (var match in client.FindAsync(worklist, new DicomDataset().SetSequence(DicomTag.ScheduledProcedureStepSequence, step)))
            matches.Add(match);

        Assert.Equal(2, matches.Count);
        Assert.Equal("CT", _find.Requests[0].Dataset!.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items[0].GetString(DicomTag.Modality));
        Assert.Null(client.Association.PresentationContexts.FindAccepted(QueryRetrieveClient.Find));
    }

    private static PDataTf FindRequest(ushort messageId, byte[]? identifier = null) => new(
        RawPeer.Value(1, isCommand: true, isLast: true, RawPeer.Command(new CFindRequest
        {
            MessageID = messageId,
            AffectedSOPClassUID = QueryRetrieveClient.Find,
            Dataset = [],
        })),
        RawPeer.Value(1, isCommand: false, isLast: true, identifier ?? [8, 0, 0x52, 0, (byte)'C', (byte)'S', 6, 0, .. "STUDY "u8]));

    private static PDataTf CancelRequest(ushort messageId) => new(
        RawPeer.Value(1, isCommand: true, isLast: true, RawPeer.Command(new CCancelRequest(messageId))));

    private static async Task<RawPeer> ConnectRawAsync(TestListener server)
    {
        var peer = await server.ConnectRawAsync();
        await peer.SendAsync(new AAssociateRq
        {
            CalledAETitle = TestListener.AETitle,
            CallingAETitle = "WORKSTATION",
            PresentationContexts = [new PresentationContextRq(1, QueryRetrieveClient.Find, [DicomUID.ExplicitVRLittleEndian.Value])],
            UserInformation = RawPeer.Request.UserInformation,
        });
        Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
        return peer;
    }

    private static async Task<List<DicomDataset>> ListAsync(DicomClient client)
    {
        var matches = new List<DicomDataset>();
        await foreach (var match in client.FindAsync(QueryRetrieveClient.Find, QueryRetrieveClient.StudyIdentifier))
            matches.Add(match);
        return matches;
    }

    private Task<TestListener> StartAsync() => TestListener.StartAsync(services: DimseServices.Echo.With(new CFindService(_find)));
}
