using Noctis.Benchmarks;
using Noctis.Benchmarks.Storing;

// Suites first; "listen" is the receiver that the suites start as a process of its own.
return args switch
{
    ["toolkit", .. var rest] => await ToolkitSuite.RunAsync(BenchmarkOptions.Parse(rest)),
    ["listen", var folder] => await ListenCommand.RunAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"""
        Noctis.Benchmarks toolkit [options]
        {BenchmarkOptions.Help}
        """);
    return 2;
}
