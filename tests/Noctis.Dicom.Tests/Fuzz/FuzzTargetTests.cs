using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Targets;

namespace Noctis.Dicom.Tests.Fuzz;

/// <summary>A bounded run of each fuzz target, the same every time. The long run is the fuzz program's; see docs/fuzzing.md.</summary>
public class FuzzTargetTests
{
    private const int Inputs = 4000;

    public static TheoryData<string> Targets => [.. FuzzTargets.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_AFewThousandInputs_FindNothing(string name)
    {
        var target = FuzzTargets.All().Single(target => target.Name == name);
        using var _ = target as IDisposable;
        var fuzzer = new Fuzzer(target, seed: 20260301);

        fuzzer.Run(fuzzer.Seeds + (Inputs / target.Cost));

        Assert.Empty(fuzzer.Findings.Select(finding => $"{finding.Reason}\n{finding.Replay}"));

        // A target whose inputs are all refused the same way proves nothing.
        Assert.InRange(fuzzer.Features, 5, int.MaxValue);
    }
}
