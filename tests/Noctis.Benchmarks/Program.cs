using System.Runtime.InteropServices;
using Noctis.Benchmarks;
using Noctis.Benchmarks.Facilities;
using Noctis.Benchmarks.Filling;
using Noctis.Benchmarks.Growth;
using Noctis.Benchmarks.Ingest;
using Noctis.Benchmarks.Journal;
using Noctis.Benchmarks.Storing;
using Noctis.Benchmarks.Weather;

// Whoever breaks off finds no server left running and no folder left behind.
using var interruption = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

// Suites first, and what fills an installation; "listen" is the receiver that the suites start as a process of its own.
try
{
    return args switch
    {
        [_, "--help"] => Usage(),
        ["toolkit", .. var rest] => await ToolkitSuite.RunAsync(BenchmarkOptions.Parse(rest, ToolkitSuite.Defaults), interruption.Token),
        ["ingest", .. var rest] => await IngestSuite.RunAsync(BenchmarkOptions.Parse(rest, IngestSuite.Defaults), interruption.Token),
        ["facilities", .. var rest] => await FacilitiesSuite.RunAsync(BenchmarkOptions.Parse(rest, FacilitiesSuite.Defaults), interruption.Token),
        ["growth", .. var rest] => await GrowthSuite.RunAsync(BenchmarkOptions.Parse(rest, GrowthSuite.Defaults), interruption.Token),
        ["weather", .. var rest] => await WeatherSuite.RunAsync(BenchmarkOptions.Parse(rest, WeatherSuite.Defaults), interruption.Token),
        ["journal", .. var rest] => await JournalSuite.RunAsync(BenchmarkOptions.Parse(rest, JournalSuite.Defaults), interruption.Token),
        ["fill", .. var rest] => await FillCommand.RunAsync(FillOptions.Parse(rest), interruption.Token),
        ["listen", var folder] => await ListenCommand.RunAsync(folder, interruption.Token),
        _ => Usage(),
    };
}
catch (ArgumentException fault)
{
    Console.Error.WriteLine(fault.Message);
    return Usage();
}
catch (OperationCanceledException) when (interruption.IsCancellationRequested)
{
    return 1;
}

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interruption.Cancel();
}

static int Usage()
{
    Console.Error.WriteLine($"""
        Noctis.Benchmarks SUITE [options]
        {BenchmarkOptions.Help}
        toolkit
        {ToolkitSuite.Help}
        ingest
        {IngestSuite.Help}
        growth
        {GrowthSuite.Help}
        facilities
        {FacilitiesSuite.Help}
        weather
        {WeatherSuite.Help}
        journal
        {JournalSuite.Help}

        Noctis.Benchmarks fill [options]: fills an installation with studies that nobody had
        {FillOptions.Help}
        """);
    return 2;
}
