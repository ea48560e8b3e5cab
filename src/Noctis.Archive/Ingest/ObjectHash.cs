using System.IO.Hashing;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The hash of an object's content: of its data set, byte for byte as it was received, without the meta group that is ours and names the
/// sender. XxHash128, since it is to find damage and differing copies at the speed of memory, and not to withstand a forger.
/// </summary>
internal sealed class ObjectHash
{
    /// <summary>In bytes.</summary>
    public const int Length = 16;

    private readonly XxHash128 _hash = new();

    public void Append(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    public byte[] Get() => _hash.GetCurrentHash();
}
