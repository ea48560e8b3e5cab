namespace Noctis.Gateway.SelfTests;

/// <summary>The configuration section SelfTest.</summary>
public sealed class SelfTestOptions
{
    public const string Section = "SelfTest";

    /// <summary>From one round over this node's listeners to the next; 0 tests only when asked to.</summary>
    public int Minutes { get; set; } = 5;
}
