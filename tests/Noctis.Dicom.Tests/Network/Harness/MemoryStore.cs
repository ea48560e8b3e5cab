using System.Buffers;
using System.Collections.Concurrent;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>An object as a <see cref="MemoryStore"/> received it.</summary>
internal sealed record StoredObject(CStoreRequest Request, Association Association, byte[] Dataset);

/// <summary>Keeps objects in memory, and misbehaves where a test asks for it.</summary>
internal sealed class MemoryStore : IStoreProvider
{
    private int _disposed;

    public ConcurrentQueue<StoredObject> Objects { get; } = new();

    /// <summary>Receivers that were disposed of.</summary>
    public int Disposed => Volatile.Read(ref _disposed);

    public TaskCompletionSource DisposedOnce { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<CStoreRequest, CancellationToken, ValueTask> OnBegin { get; set; } = (_, _) => ValueTask.CompletedTask;

    public Func<int, CancellationToken, ValueTask> OnWrite { get; set; } = (_, _) => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask<CStoreResult>> OnComplete { get; set; } = _ => ValueTask.FromResult(CStoreResult.Success);

    public async ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken)
    {
        await OnBegin(request, cancellationToken);
        return new Receiver(this, request, association);
    }

    private sealed class Receiver(MemoryStore store, CStoreRequest request, Association association) : IStoreReceiver
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken)
        {
            _bytes.Write(fragment.Span);
            await store.OnWrite(_bytes.WrittenCount, cancellationToken);
        }

        public async ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken)
        {
            var result = await store.OnComplete(cancellationToken);
            store.Objects.Enqueue(new StoredObject(request, association, _bytes.WrittenSpan.ToArray()));
            return result;
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref store._disposed);
            store.DisposedOnce.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
