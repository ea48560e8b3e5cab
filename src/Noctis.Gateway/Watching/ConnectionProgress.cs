namespace Noctis.Gateway.Watching;

/// <summary>
/// How far one step has come over all attempts: reached by the first that did, and stays so whoever fails later; else in trouble by
/// the last that failed at it.
/// </summary>
/// <param name="Step">The step.</param>
/// <param name="Reached">The attempt that reached it; null while none has.</param>
/// <param name="Failed">The attempt that failed at it, which none has reached; null when none did.</param>
public sealed record ConnectionProgress(ConnectionStep Step, ConnectionAttempt? Reached, ConnectionAttempt? Failed)
{
    /// <summary>All steps in their order.</summary>
    /// <param name="attempts">Newest first.</param>
    public static IReadOnlyList<ConnectionProgress> Of(IReadOnlyList<ConnectionAttempt> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        return [.. Enum.GetValues<ConnectionStep>().Select(step =>
        {
            var reached = attempts.Where(attempt => attempt.ReachedUtc(step) is not null).MinBy(attempt => attempt.ReachedUtc(step));
            return new ConnectionProgress(step, reached, reached is null ? attempts.FirstOrDefault(attempt => attempt.Trouble?.Step == step) : null);
        })];
    }
}
