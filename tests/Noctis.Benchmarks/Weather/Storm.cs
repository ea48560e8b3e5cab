using Noctis.Archive.Facilities;

namespace Noctis.Benchmarks.Weather;

/// <summary>What somebody does to one facility while another is to be answered. Blows until it is told to stop.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="BlowAsync">Hurts the facility until the token ends, and counts what it does.</param>
internal sealed record Storm(string Name, Func<Facility, StormTally, CancellationToken, Task> BlowAsync);
