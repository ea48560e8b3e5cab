namespace Noctis.Gateway.Tests;

public class PortsTests
{
    [Fact]
    public void TakeRun_TwoTestRunsFromTheSameStart_ShareNoPort()
    {
        using var one = new Ports(7);
        using var another = new Ports(7);

        var runs = Enumerable.Range(0, 5).SelectMany(_ => new[] { one.TakeRun(), another.TakeRun() }).ToList();

        Assert.All(runs, run => Assert.Equal(Ports.RunLength, run.Last - run.First + 1));
        Assert.Equal(10 * Ports.RunLength, runs.SelectMany(run => Enumerable.Range(run.First, Ports.RunLength)).Distinct().Count());
    }
}
