using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Tests.Fuzz;

/// <summary>That the fuzzer finds what is there to be found, and finds it again.</summary>
public class FuzzerTests
{
    [Fact]
    public void Run_FaultBehindThreeSteps_IsFoundByTheGuidance()
    {
        var fuzzer = new Fuzzer(new PlantedTarget(), seed: 1);

        fuzzer.Run(400_000);

        var finding = fuzzer.Findings[0];
        Assert.Equal("FUZ"u8.ToArray(), finding.Input[..3]);
        Assert.Contains(nameof(InvalidTimeZoneException), finding.Reason, StringComparison.Ordinal);
        Assert.Equal($"planted --replay {Convert.ToBase64String(finding.Input)}", finding.Replay);
        Assert.InRange(fuzzer.Findings.Count, 1, 3);
    }

    [Fact]
    public void Run_InputThatTakesTooMuch_IsAFinding()
    {
        var fuzzer = new Fuzzer(new PlantedTarget(), seed: 1);

        fuzzer.RunOne("MUCH"u8.ToArray());

        Assert.Contains("bytes were allocated", Assert.Single(fuzzer.Findings).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameSeed_RunsTheSameInputs()
    {
        ulong[] digests =
        [
            .. new ulong[] { 7, 7, 8 }.Select(seed =>
            {
                var fuzzer = new Fuzzer(new PlantedTarget(), seed);
                fuzzer.Run(5000);
                return fuzzer.Digest;
            }),
        ];

        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(digests[0], digests[2]);
    }

    /// <summary>Fails at "FUZ", each letter of which is a fact of its own, and takes much memory at "MUCH".</summary>
    private sealed class PlantedTarget : FuzzTarget
    {
        public override string Name => "planted";

        public override int MaxLength => 16;

        public override IEnumerable<byte[]> Seeds { get; } = ["????"u8.ToArray()];

        public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
        {
            var known = input.Span.CommonPrefixLength("FUZ"u8);
            features.Note(2, known);
            if (known == 3)
                throw new InvalidTimeZoneException("Planted.");
            if (input.Span.SequenceEqual("MUCH"u8))
                GC.KeepAlive(new byte[64 * 1024 * 1024]);
        }
    }
}
