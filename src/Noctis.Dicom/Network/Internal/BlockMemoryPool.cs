using System.Buffers;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// Lends receive buffers of one size and keeps a few for the next, so that a steady stream allocates nothing. Thread safe.
/// </summary>
/// <param name="maxKept">The most that is kept.</param>
internal sealed class BlockMemoryPool(int maxKept) : MemoryPool<byte>
{
    /// <summary>64 KiB: what one receive takes from a fast sender, and small beside what the system itself buffers.</summary>
    public const int BlockLength = 64 * 1024;

    /// <summary>What one connection of a client keeps.</summary>
    public const int OfOneConnection = 16;

    private readonly Lock _lock = new();

    // The last one first: it is still in the processor's cache.
    private readonly Stack<Block> _kept = new();
    private bool _disposed;

    /// <summary>
    /// What all listeners of the process share: 16 MiB stay behind after a rush, whether it was at one port or at a thousand. Were it one
    /// pool a listener, a thousand that have each heard a single echo would hold on to four times that.
    /// </summary>
    public static BlockMemoryPool OfListeners { get; } = new(256);

    public override int MaxBufferSize => BlockLength;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockLength);
        lock (_lock)
        {
            if (_kept.TryPop(out var block))
                return block;
        }

        return new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _disposed = true;
            _kept.Clear();
        }
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            if (!_disposed && _kept.Count < maxKept)
                _kept.Push(block);
        }
    }

    private sealed class Block(BlockMemoryPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockLength);

        public void Dispose() => pool.Return(this);
    }
}
