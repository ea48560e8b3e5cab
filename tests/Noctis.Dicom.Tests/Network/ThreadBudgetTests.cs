using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Tests.Network;

public class ThreadBudgetTests
{
    [Fact]
    public async Task TryRun_BudgetIsSpent_GivesNoThreadUntilOneHasEnded()
    {
        var budget = new ThreadBudget(1);
        using var goOn = new ManualResetEventSlim();
        var first = ReceiveThread.TryRun(goOn.Wait, budget);

        Assert.Null(ReceiveThread.TryRun(() => { }, budget));
        goOn.Set();
        await first!;

        await ReceiveThread.TryRun(() => { }, budget)!;
        Assert.True(budget.TryTake());
        Assert.False(budget.TryTake());
    }
}
