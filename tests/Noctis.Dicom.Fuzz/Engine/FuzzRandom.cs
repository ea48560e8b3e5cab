namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>
/// Numbers that are the same for the same seed on every machine and every version of the runtime (xorshift64*), so that a run can be
/// made again. Not thread safe.
/// </summary>
public sealed class FuzzRandom
{
    private ulong _state;

    public FuzzRandom(ulong seed) => Seed(seed);

    /// <summary>A seed that depends on every byte: what is random about one input is then part of the input.</summary>
    public static ulong SeedOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037ul;
        foreach (var value in bytes)
            hash = (hash ^ value) * 1099511628211ul;
        return hash;
    }

    /// <summary>Begins anew.</summary>
    public void Seed(ulong seed)
    {
        // One round of SplitMix64: neighbouring seeds give unlike numbers, and none gives the zero that would stay zero.
        seed += 0x9E3779B97F4A7C15;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        _state = (seed ^ (seed >> 31)) | 1;
    }

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    /// <summary>A number from 0 up to, and not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True one time in so many.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public byte NextByte() => (byte)(Next() >> 56);

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        foreach (ref var value in bytes.AsSpan())
            value = NextByte();
        return bytes;
    }
}
