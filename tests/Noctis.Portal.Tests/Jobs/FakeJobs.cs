using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Portal.Jobs;

namespace Noctis.Portal.Tests.Jobs;

/// <summary>A job that does what a test tells it to, on whichever node it runs.</summary>
internal sealed class FakeJob(FakeWork work) : IScheduledJob
{
    public Task<Result<string>> RunAsync(CancellationToken cancellationToken) => work.RunAsync(cancellationToken);
}

/// <summary>What <see cref="FakeJob"/> does, and how often it did; one for all nodes of a test.</summary>
internal sealed class FakeWork
{
    private int _atOnce;

    public Func<CancellationToken, Task<Result<string>>> Do { get; set; } = _ => Task.FromResult<Result<string>>("Did it.");

    public int Runs { get; private set; }

    /// <summary>The most that ran at a time.</summary>
    public int MostAtOnce { get; private set; }

    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var now = Interlocked.Increment(ref _atOnce);
        lock (this)
        {
            Runs++;
            MostAtOnce = Math.Max(MostAtOnce, now);
        }

        try
        {
            return await Do(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    /// <summary>Before the product's own list is added, which then gives way to this one.</summary>
    public void Register(IServiceCollection services, params JobDefinition[] jobs)
    {
        services.AddSingleton(new JobList(jobs));
        services.AddSingleton(this);
    }

    public static JobDefinition Job(string schedule, string name = "Fake") =>
        JobDefinition.Of<FakeJob>(name, $"{name} job", schedule, "Does what a test tells it to.");
}
