using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>What a look at a file came to.</summary>
/// <param name="Fault">What is wrong with it; null when it is whole.</param>
/// <param name="Why">The same for the log.</param>
/// <param name="Hash">Of what follows its meta group, when it was read to the end.</param>
internal sealed record FileVerdict(FaultKind? Fault, string Why, byte[]? Hash)
{
    public static FileVerdict Missing { get; } = new(FaultKind.Missing, "it is not there", null);

    public static FileVerdict Damaged(string why, byte[]? hash = null) => new(FaultKind.Damaged, why, hash);

    public static FileVerdict Whole(byte[] hash) => new(null, "", hash);
}
