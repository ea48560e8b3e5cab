using System.Reflection;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Files;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>Whatever waits can be called off, and then nothing is left half done.</summary>
public class CancellationTests
{
    /// <summary>What ends at once, watches work that has a token of its own, or has to be done although the association has ended.</summary>
    private static readonly string[] WithoutToken =
    [
        nameof(IAsyncDisposable.DisposeAsync), $"{nameof(DicomClient)}.{nameof(DicomClient.AbortAsync)}", $"{nameof(DimseOperation)}.{nameof(DimseOperation.WatchAsync)}",
        $"{nameof(IStorageCommitmentProvider)}.{nameof(IStorageCommitmentProvider.NotReportedAsync)}",
    ];

    [Fact]
    public void PublicApi_MethodsThatWait_TakeAToken()
    {
        var missing =
            from type in typeof(DicomClient).Assembly.GetExportedTypes()
            where !typeof(Stream).IsAssignableFrom(type)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where IsAwaitable(method.ReturnType) && method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken))
            let name = $"{type.Name}.{method.Name}"
            where !WithoutToken.Contains(name) && !WithoutToken.Contains(method.Name)
            select name;

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("store")]
    [InlineData("release")]
    public async Task Operation_PeerNeverAnswers_IsCalledOffWithAnAbort(string operation)
    {
        await using var acceptor = new RawAcceptor();
        var (client, peer) = await AssociateAsync(acceptor);
        using var cancel = new CancellationTokenSource();
        Task running = operation switch
        {
            "echo" => client.EchoAsync(cancel.Token),
            "store" => client.StoreAsync(Request(client), new EndlessStream(10), cancel.Token),
            _ => client.ReleaseAsync(cancel.Token),
        };
        Assert.NotNull(await peer.ReceiveAsync());

        await cancel.CancelAsync();

        Pdu? last;
        do
            last = await peer.ReceiveAsync();
        while (last is PDataTf);
        Assert.IsType<AAbort>(last);
        await peer.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Store_PeerStopsReading_IsCalledOffByAReset()
    {
        await using var acceptor = new RawAcceptor();
        var (client, peer) = await AssociateAsync(acceptor);
        using var cancel = new CancellationTokenSource();
        var source = new EndlessStream();
        var running = client.StoreAsync(Request(client), source, cancel.Token);

        // The buffers of both sides are full when nothing more is sent.
        for (var sent = -1L; sent != client.BytesSent;)
        {
            sent = client.BytesSent;
            await Task.Delay(50);
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await client.DisposeAsync();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Store_SourceNeverGivesAnything_IsCalledOff()
    {
        await using var acceptor = new RawAcceptor();
        var (client, peer) = await AssociateAsync(acceptor);
        using var cancel = new CancellationTokenSource();
        var source = new SilentStream();
        var running = client.StoreAsync(Request(client), source, cancel.Token);
        await source.Asked.Task;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await peer.DisposeAsync();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Drain_CalledOff_EndsAtOnceByAborting()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        using var cancel = new CancellationTokenSource();
        var draining = server.Listener.DrainAsync(TimeSpan.FromHours(1), cancel.Token);

        await cancel.CancelAsync();

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        await draining;
    }

    [Fact]
    public async Task Files_SourceNeverGivesAnything_ReadingIsCalledOff()
    {
        foreach (var read in new Func<Stream, CancellationToken, Task>[]
        {
            (stream, token) => DicomFile.OpenAsync(stream, cancellationToken: token),
            (stream, token) => DicomReader.ReadDatasetAsync(stream, DicomTransferSyntax.ExplicitVRLittleEndian, cancellationToken: token),
        })
        {
            using var cancel = new CancellationTokenSource();
            var source = new SilentStream();
            var reading = read(source, cancel.Token);
            await source.Asked.Task;

            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }
    }

    [Fact]
    public async Task Files_TargetNeverTakesAnything_WritingIsCalledOff()
    {
        var file = new DicomFile(Samples.Dataset(DicomTransferSyntax.ExplicitVRLittleEndian), DicomTransferSyntax.ExplicitVRLittleEndian);
        foreach (var write in new Func<Stream, CancellationToken, Task>[]
        {
            (stream, token) => file.SaveAsync(stream, cancellationToken: token),
            (stream, token) => DicomWriter.WriteDatasetAsync(stream, file.Dataset, file.TransferSyntax, cancellationToken: token),
            (stream, token) => DicomWriter.WriteDatasetAsync(stream, file.Dataset, DicomTransferSyntax.DeflatedExplicitVRLittleEndian, cancellationToken: token),
        })
        {
            using var cancel = new CancellationTokenSource();
            var target = new SilentStream();
            var writing = write(target, cancel.Token);
            await target.Asked.Task;

            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        }
    }

    [Fact]
    public async Task Files_TokenCancelledBefore_NothingIsLeftOnDisk()
    {
        var folder = Directory.CreateTempSubdirectory("noctis-cancel-");
        try
        {
            var file = new DicomFile(Samples.Dataset(DicomTransferSyntax.ExplicitVRLittleEndian), DicomTransferSyntax.ExplicitVRLittleEndian);
            var path = Path.Combine(folder.FullName, "a.dcm");

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.SaveAsync(path, cancellationToken: new CancellationToken(true)));
            Assert.Empty(folder.GetFiles());

            await file.SaveAsync(path);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DicomFile.OpenAsync(path, cancellationToken: new CancellationToken(true)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsAwaitable(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static async Task<(DicomClient Client, RawPeer Peer)> AssociateAsync(RawAcceptor acceptor)
    {
        var connecting = acceptor.ConnectAsync();
        var peer = await acceptor.AcceptAssociationAsync();
        return (await connecting, peer);
    }

    private static CStoreRequest Request(DicomClient client) =>
        client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value);

    /// <summary>A stream that neither gives nor takes until the token says that it is over.</summary>
    private sealed class SilentStream : Stream
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await WaitAsync(cancellationToken);
            return 0;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await WaitAsync(cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

        public override void Flush() => throw new InvalidOperationException("Flushed on a thread that would wait.");

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Read on a thread that would wait.");

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Written on a thread that would wait.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private Task WaitAsync(CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
        }
    }
}
