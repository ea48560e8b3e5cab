namespace Noctis.Archive.SelfTests;

/// <summary>What a self-test of a facility's listener came to.</summary>
public sealed class SelfTest : ITenantOwned
{
    internal const int MessageLength = 400;
    internal const int NodeLength = 128;

    public long Id { get; set; }

    public Guid FacilityId { get; set; }

    public SelfTestKind Kind { get; set; }

    /// <summary>When it began.</summary>
    public DateTime TimeUtc { get; set; }

    public int DurationMs { get; set; }

    public bool Succeeded { get; set; }

    /// <summary>In words: "alive: answered in 3 ms", "association failed: …".</summary>
    public string Message { get; set; } = "";

    /// <summary>The node whose listener was tested.</summary>
    public string Node { get; set; } = "";
}
