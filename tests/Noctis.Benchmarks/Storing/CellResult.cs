using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>What one target did in the rounds of one cell.</summary>
internal sealed class CellResult
{
    private readonly List<double> _rates = [];
    private double _cpuSeconds;
    private long _objects;

    /// <summary>Objects a second, the median of the rounds.</summary>
    public double Rate => Median.Of(_rates);

    /// <summary>Microseconds of processor time that the server takes for an object, over all rounds.</summary>
    public double CpuMicroseconds => _cpuSeconds / _objects * 1_000_000;

    public void Add(int objects, TimeSpan elapsed, double cpuSeconds)
    {
        _rates.Add(objects / elapsed.TotalSeconds);
        _cpuSeconds += cpuSeconds;
        _objects += objects;
    }

    /// <summary>How many times as fast as another, round by round, of which the median is taken: what slowed one round down slowed both.</summary>
    public double RatioTo(CellResult other) => Median.Of(_rates.Zip(other._rates, (mine, theirs) => mine / theirs));
}
