namespace Noctis.Gateway.SelfTests;

/// <summary>What a self-test of the shared door came to.</summary>
/// <param name="TimeUtc">When it began.</param>
/// <param name="DurationMs">What it took.</param>
/// <param name="Succeeded">Whether the door is alive.</param>
/// <param name="Message">In words, as for a facility's own port.</param>
public sealed record SharedDoorTest(DateTime TimeUtc, int DurationMs, bool Succeeded, string Message);
