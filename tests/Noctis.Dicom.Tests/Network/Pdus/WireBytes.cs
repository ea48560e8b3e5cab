using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Tests.Network.Pdus;

/// <summary>Bytes written so that a person can read them, and cut up as a network cuts them.</summary>
internal static class WireBytes
{
    /// <summary>Hex digits and 'text' in any grouping; // begins a comment.</summary>
    public static byte[] Parse(string listing)
    {
        var bytes = new List<byte>();
        foreach (var line in listing.Split('\n'))
        {
            var code = line.Split("//")[0];
            var parts = code.Split('\'');
            for (var i = 0; i < parts.Length; i++)
            {
                if (i % 2 == 1)
                {
                    bytes.AddRange(Encoding.ASCII.GetBytes(parts[i]));
                    continue;
                }

                var digits = string.Concat(parts[i].Where(c => !char.IsWhiteSpace(c)));
                for (var d = 0; d < digits.Length; d += 2)
                    bytes.Add(byte.Parse(digits.AsSpan(d, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }

        return [.. bytes];
    }

    /// <summary>A sequence whose segments have <paramref name="segmentLength"/> bytes each.</summary>
    public static ReadOnlySequence<byte> Segmented(ReadOnlyMemory<byte> bytes, int segmentLength)
    {
        if (bytes.Length <= segmentLength)
            return new ReadOnlySequence<byte>(bytes);

        var first = new Segment(bytes[..segmentLength], 0);
        var last = first;
        for (var at = segmentLength; at < bytes.Length; at += segmentLength)
            last = last.Append(bytes[at..Math.Min(at + segmentLength, bytes.Length)]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
