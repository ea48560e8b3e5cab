using System.Buffers;
using System.Collections.Concurrent;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// Lends receive buffers of one size and keeps a few for the next, so that a steady stream allocates nothing. Thread safe.
/// </summary>
internal sealed class BlockMemoryPool : MemoryPool<byte>
{
    /// <summary>64 KiB: what one receive takes from a fast sender, and small beside what the system itself buffers.</summary>
    public const int BlockLength = 64 * 1024;

    // 1 MiB a listener stays behind after a rush; a hundred quiet listeners must not hold more than that together.
    private const int MaxKept = 16;

    private readonly ConcurrentQueue<Block> _kept = new();
    private bool _disposed;

    public override int MaxBufferSize => BlockLength;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockLength);
        return _kept.TryDequeue(out var block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _kept.Clear();
    }

    private void Return(Block block)
    {
        if (!_disposed && _kept.Count < MaxKept)
            _kept.Enqueue(block);
    }

    private sealed class Block(BlockMemoryPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockLength);

        public void Dispose() => pool.Return(this);
    }
}
