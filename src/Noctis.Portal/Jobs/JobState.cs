namespace Noctis.Portal.Jobs;

/// <summary>What the scheduler says of a job.</summary>
/// <param name="NextUtc">When it will run by itself; null when it will not.</param>
/// <param name="IsPaused">A person has paused it.</param>
/// <param name="IsRequested">Somebody has set it off, and it has not begun yet.</param>
public sealed record JobState(DateTime? NextUtc, bool IsPaused, bool IsRequested);
