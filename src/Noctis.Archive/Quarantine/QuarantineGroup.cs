namespace Noctis.Archive.Quarantine;

/// <summary>What one device has sent of one study, as managers see it.</summary>
/// <param name="Key">The device and the study.</param>
/// <param name="Instances">How many objects.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="FirstUtc">When the first came.</param>
/// <param name="LastUtc">When the last came.</param>
/// <param name="Newest">Its newest object, which tells of patient and study; its id is where the next page of a list begins.</param>
public sealed record QuarantineGroup(QuarantineKey Key, int Instances, long Bytes, DateTime FirstUtc, DateTime LastUtc, QuarantinedInstance Newest)
{
    /// <summary>Of the objects, those whose file was found to be damaged or missing: they cannot be released.</summary>
    public int Faulty { get; init; }
}
