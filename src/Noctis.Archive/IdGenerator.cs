using System.Security.Cryptography;

namespace Noctis.Archive;

/// <summary>
/// Ids of 63 bits that grow with time: 41 bits of milliseconds since 2025 (until 2094), 10 bits of node, 12 bits of sequence.
/// Rows of one facility therefore lie together in arrival order, and a node asks nobody for an id. Thread safe.
/// </summary>
/// <remarks>
/// The node number is drawn at start. Should two nodes draw the same one, ids can only collide within the same millisecond and
/// the same part of the sequence, which starts at a random place each millisecond; the primary key then refuses the second row.
/// </remarks>
public sealed class IdGenerator
{
    private const int NodeBits = 10;
    private const int SequenceBits = 12;
    private static readonly long Epoch = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _node;
    private long _millisecond;
    private int _sequence;

    public IdGenerator(TimeProvider time)
        : this(time, RandomNumberGenerator.GetInt32(1 << NodeBits))
    {
    }

    internal IdGenerator(TimeProvider time, int node)
    {
        _time = time;
        _node = (long)node << SequenceBits;
    }

    public long Next()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch;
        lock (_lock)
        {
            // A clock that steps back, or a sequence that runs over, goes on from the last millisecond used: order is kept either way.
            if (now > _millisecond)
            {
                _millisecond = now;
                _sequence = RandomNumberGenerator.GetInt32(1 << (SequenceBits - 1));
            }
            else if (++_sequence == 1 << SequenceBits)
            {
                _millisecond++;
                _sequence = 0;
            }

            return (_millisecond << (NodeBits + SequenceBits)) | _node | (long)_sequence;
        }
    }

    /// <summary>The least id that can have been made at this moment or later: rows older than it have smaller ids.</summary>
    public static long FirstAt(DateTime utc) =>
        Math.Max(0, new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds() - Epoch) << (NodeBits + SequenceBits);

    /// <summary>When the id was made, to the millisecond.</summary>
    public static DateTime CreatedUtc(long id) =>
        DateTimeOffset.FromUnixTimeMilliseconds((id >> (NodeBits + SequenceBits)) + Epoch).UtcDateTime;
}
