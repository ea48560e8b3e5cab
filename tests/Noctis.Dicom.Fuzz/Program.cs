using System.Diagnostics;
using System.Globalization;
using Noctis.Dicom.Fuzz;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Targets;

// A decoder whose work is bounded needs milliseconds for the longest input; this is for what has no end at all.
const int StuckSeconds = 60;

if (FuzzOptions.Parse(args) is not { } options)
    return Fail(FuzzOptions.Usage);
var targets = FuzzTargets.All();
if (options.Target == "list")
{
    foreach (var target in targets)
        Console.WriteLine($"{target.Name,-24} {target.Cost} times the cost of a cheap one");
    return 0;
}

var chosen = targets.Where(target => options.Target == "all" || target.Name == options.Target).ToList();
if (chosen.Count == 0)
    return Fail($"There is no target {options.Target}; 'list' names them.");

if (options.Replay is { } replay)
    return Tell(RunOne(chosen[0], replay));

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{"target",-24} {"inputs",12} {"kept",7} {"facts",7} {"findings",9} {"seconds",8}  digest"));
var total = 0L;
var findings = 0;
foreach (var target in chosen)
{
    var fuzzer = RunMany(target);
    total += fuzzer.Inputs;
    findings += Tell(fuzzer);
    (target as IDisposable)?.Dispose();
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total} inputs, {findings} findings, seed {options.Seed}"));
return findings == 0 ? 0 : 1;

Fuzzer RunMany(FuzzTarget target)
{
    var seen = -1L;
    using var last = new LastInput(Path.Combine(options.Artifacts, $"last-{target.Name}.bin"));
    using var watch = new Timer(_ => StopWhenStuck(target, last), null, TimeSpan.FromSeconds(StuckSeconds), TimeSpan.FromSeconds(StuckSeconds));
    var clock = Stopwatch.StartNew();
    var fuzzer = new Fuzzer(target, options.Seed) { Starting = last.Write };
    fuzzer.Run(Math.Max(1, options.Inputs / target.Cost));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name,-24} {fuzzer.Inputs,12} {fuzzer.Kept,7} {fuzzer.Features,7} {fuzzer.Findings.Count,9} {clock.Elapsed.TotalSeconds,8:0.0}  {fuzzer.Digest:x16}"));
    return fuzzer;

    void StopWhenStuck(FuzzTarget stuck, LastInput input)
    {
        if (Interlocked.Exchange(ref seen, input.Number) != input.Number || input.Number == 0)
            return;
        var finding = new Finding(stuck.Name, input.Bytes, $"The input has not been dealt with in {StuckSeconds} seconds.");
        Console.Error.WriteLine($"{finding.Reason}\n{finding.Replay}\n{finding.Save(options.Artifacts)}");
        Environment.Exit(2);
    }
}

Fuzzer RunOne(FuzzTarget target, byte[] input)
{
    var fuzzer = new Fuzzer(target, options.Seed);
    fuzzer.RunOne(input);
    return fuzzer;
}

int Tell(Fuzzer fuzzer)
{
    foreach (var finding in fuzzer.Findings)
        Console.WriteLine($"\n{finding.Reason}\n{Convert.ToHexString(finding.Input)}\n{finding.Replay}\n{finding.Save(options.Artifacts)}\n");
    return fuzzer.Findings.Count;
}

static int Fail(string text)
{
    Console.Error.WriteLine(text);
    return 2;
}
