using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>Runs the rounds of a cell: all targets after each other in each round, another one first each time.</summary>
internal sealed class StoreBenchmark(IReadOnlyList<StoreTarget> targets)
{
    /// <summary>Measures one cell.</summary>
    /// <param name="workload">What is sent.</param>
    /// <param name="associations">By how many senders at once.</param>
    /// <param name="nagle">Whether they leave Nagle's algorithm on.</param>
    /// <param name="rounds">How often; one more before it, which is not counted, unless the senders wait more than they work.</param>
    /// <returns>The result of each target, by name.</returns>
    public async Task<IReadOnlyDictionary<string, CellResult>> RunAsync(Workload workload, int associations, bool nagle, int rounds)
    {
        var results = targets.ToDictionary(target => target.Name, _ => new CellResult());
        for (var round = nagle ? 0 : -1; round < rounds; round++)
        {
            for (var i = 0; i < targets.Count; i++)
            {
                var target = targets[(i + round + 1) % targets.Count];
                await target.PrepareAsync();
                var cpu = ProcessFigures.CpuSeconds(target.ProcessId);
                var elapsed = await Senders.SendAsync(workload, target.Port, associations, nagle);
                cpu = ProcessFigures.CpuSeconds(target.ProcessId) - cpu;
                target.Check(workload.Files.Count, workload.FileBytes);
                if (round >= 0)
                    results[target.Name].Add(workload.Files.Count, elapsed, cpu);
            }
        }

        return results;
    }
}
