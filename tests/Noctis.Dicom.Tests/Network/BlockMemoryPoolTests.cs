using System.Runtime.InteropServices;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Tests.Network;

public sealed class BlockMemoryPoolTests
{
    [Fact]
    public void Rent_AfterReturns_LendsTheLastOneFirstAndKeepsNoMoreThanItMay()
    {
        using var pool = new BlockMemoryPool(maxKept: 2);
        var owners = Enumerable.Range(0, 3).Select(_ => pool.Rent()).ToArray();
        var blocks = Array.ConvertAll(owners, owner => ArrayOf(owner.Memory));
        Array.ForEach(owners, owner => owner.Dispose());

        var again = Enumerable.Range(0, 3).Select(_ => ArrayOf(pool.Rent().Memory)).ToArray();

        Assert.Same(blocks[1], again[0]);
        Assert.Same(blocks[0], again[1]);
        Assert.DoesNotContain(again[2], blocks);
    }

    [Fact]
    public void Return_AfterDispose_KeepsNothing()
    {
        var pool = new BlockMemoryPool(maxKept: 2);
        var owner = pool.Rent();
        var block = ArrayOf(owner.Memory);
        pool.Dispose();
        owner.Dispose();

        Assert.NotSame(block, ArrayOf(pool.Rent().Memory));
    }

    [Fact]
    public void Rent_MoreThanABlock_Throws()
    {
        using var pool = new BlockMemoryPool(maxKept: 1);

        Assert.Equal(BlockMemoryPool.BlockLength, pool.Rent(BlockMemoryPool.BlockLength).Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(BlockMemoryPool.BlockLength + 1));
    }

    private static byte[] ArrayOf(Memory<byte> memory)
    {
        Assert.True(MemoryMarshal.TryGetArray<byte>(memory, out var segment));
        return segment.Array!;
    }
}
