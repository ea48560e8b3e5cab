namespace Noctis.Archive.Traffic;

/// <summary>The traffic of a stretch of time, of one facility or of all; see <see cref="TrafficRow"/>.</summary>
/// <param name="StartUtc">The beginning of the stretch.</param>
/// <param name="PeakAssociations">Over several facilities or nodes the sum of their peaks, which need not have been at the same moment: at most so many.</param>
public sealed record TrafficPoint(
    DateTime StartUtc, long Associations, long Refusals, long Images, long Bytes, long StoreMs, int PeakAssociations, long Errors)
{
    /// <summary>What an image took, from its request to its answer; null without images.</summary>
    public double? MsPerImage => Images == 0 ? null : (double)StoreMs / Images;
}
