namespace Noctis.Archive.Quarantine;

/// <summary>On what terms a device that is not registered may send: set apart, and so much at most.</summary>
/// <param name="MostBytes">What the facility's quarantine may hold.</param>
public sealed record QuarantineTerms(long MostBytes)
{
    /// <summary>Of a quota, one part in so many.</summary>
    public const int ShareOfQuota = 10;

    /// <summary>However small the objects are: a million rows of nothing would fill a database too.</summary>
    public const int MostInstances = 100_000;

    /// <summary>For what was taken already and is only put in order.</summary>
    internal static QuarantineTerms Unlimited { get; } = new(long.MaxValue);
}
