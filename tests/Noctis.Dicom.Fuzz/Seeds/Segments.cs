using System.Buffers;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Seeds;

/// <summary>Bytes as a pipe may hold them: in pieces of any length, none of which says anything about the content.</summary>
public static class Segments
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, FuzzRandom random)
    {
        if (bytes.Length < 2)
            return new ReadOnlySequence<byte>(bytes);
        var first = new Segment(bytes[..Next(bytes.Length, random)], 0);
        var last = first;
        for (var at = first.Memory.Length; at < bytes.Length;)
        {
            last = last.Append(bytes.Slice(at, Next(bytes.Length - at, random)));
            at += last.Memory.Length;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>The length of the next piece: often one byte, sometimes all of them.</summary>
    public static int Next(int available, FuzzRandom random) => random.Below(4) switch
    {
        0 => 1,
        1 => available,
        _ => Math.Min(available, random.Between(1, 64)),
    };

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start)
        {
            Memory = memory;
            RunningIndex = start;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
