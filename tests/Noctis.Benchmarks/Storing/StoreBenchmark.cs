namespace Noctis.Benchmarks.Storing;

/// <summary>Runs the rounds of a cell: all targets after each other in each round, another one first each time.</summary>
/// <param name="targets">What is measured.</param>
/// <param name="settle">What is done before each round of each target, unmeasured.</param>
internal sealed class StoreBenchmark(IReadOnlyList<StoreTarget> targets, Action? settle = null)
{
    private bool _isWarm;

    /// <summary>Measures one cell.</summary>
    /// <param name="workload">What is sent.</param>
    /// <param name="associations">By how many senders at once.</param>
    /// <param name="rounds">How often; one more before it is not counted.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The result of each target, by name.</returns>
    public async Task<IReadOnlyDictionary<string, CellResult>> RunAsync(
        Workload workload, int associations, int rounds, CancellationToken cancellationToken)
    {
        await WarmUpAsync(workload, associations, cancellationToken);
        var results = NewResults();
        for (var round = -1; round < rounds; round++)
        {
            workload.BeginRound(associations);
            foreach (var target in InTurn(round + 1))
                await RunAsync(target, workload, associations, nagle: false, round < 0 ? null : results[target.Name], cancellationToken);
        }

        return results;
    }

    /// <summary>Measures one cell with Nagle's algorithm on and off, after each other.</summary>
    /// <param name="workload">What is sent.</param>
    /// <param name="sample">A part of it, for targets that wait more than they work.</param>
    /// <param name="associations">By how many senders at once.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The results of each target, by name.</returns>
    public async Task<(IReadOnlyDictionary<string, CellResult> On, IReadOnlyDictionary<string, CellResult> Off)> RunNagleAsync(
        Workload workload, Workload sample, int associations, int rounds, CancellationToken cancellationToken)
    {
        await WarmUpAsync(workload, associations, cancellationToken);
        var (on, off) = (NewResults(), NewResults());
        for (var round = 0; round < rounds; round++)
        {
            workload.BeginRound(associations);
            foreach (var target in InTurn(round))
            {
                if (round > 0 && target.WaitsForNagle)
                    continue;
                var files = target.WaitsForNagle ? sample : workload;
                await RunAsync(target, files, associations, nagle: true, on[target.Name], cancellationToken);
                await RunAsync(target, files, associations, nagle: false, off[target.Name], cancellationToken);
            }
        }

        return (on, off);
    }

    private async Task RunAsync(
        StoreTarget target, Workload workload, int associations, bool nagle, CellResult? result, CancellationToken cancellationToken)
    {
        await target.PrepareAsync();
        settle?.Invoke();
        var cpu = target.CpuSeconds();
        var elapsed = await target.StoreAsync(workload, associations, nagle, cancellationToken);
        cpu = target.CpuSeconds() - cpu;
        await target.CheckAsync(workload.Files.Count, workload.FileBytes);
        result?.Add(workload.Files.Count, elapsed, cpu);
    }

    // A server runs for months; what its runtime does in its first seconds is none of its speed.
    private async Task WarmUpAsync(Workload workload, int associations, CancellationToken cancellationToken)
    {
        if (_isWarm)
            return;
        _isWarm = true;
        for (var round = 0; round < targets.Max(target => target.WarmUpRounds); round++)
        {
            workload.BeginRound(associations);
            foreach (var target in targets.Where(target => round < target.WarmUpRounds))
                await WarmUpAsync(target, workload, associations, mayFail: round == 0, cancellationToken);
        }
    }

    // On a busy machine the first objects may take longer than a server waits for its own parts, while .NET compiles them.
    private async Task WarmUpAsync(StoreTarget target, Workload workload, int associations, bool mayFail, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(target, workload, associations, nagle: false, result: null, cancellationToken);
        }
        catch (InvalidOperationException) when (mayFail)
        {
            await WarmUpAsync(target, workload, associations, mayFail: false, cancellationToken);
        }
    }

    private IEnumerable<StoreTarget> InTurn(int round) => Enumerable.Range(0, targets.Count).Select(i => targets[(i + round) % targets.Count]);

    private Dictionary<string, CellResult> NewResults() => targets.ToDictionary(target => target.Name, _ => new CellResult());
}
