using Noctis.Archive.Facilities;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks.Ingest;

/// <summary>The whole product: portal, front door, index and all. It runs on, on the same data, as it does for years.</summary>
/// <param name="name">As tables call it.</param>
/// <param name="settings">Where it is.</param>
/// <param name="server">The server of its database; null on SQLite.</param>
internal class ProductTarget(string name, ProductSettings settings, PostgreSqlServer? server) : StoreTarget
{
    private ProductProcess? _product;
    private ProductArchive? _archive;
    private Facility? _facility;
    private long _instances;

    public override string Name => name;

    protected ProductSettings Settings { get; } = settings;

    public override bool IsOurs => Rival is null;

    /// <summary>The one of ours that is compared with this, which is not compared itself; null for one of ours.</summary>
    public string? Rival { get; init; }

    // .NET compiles while a program runs, in steps, and has settled after some thousand objects.
    public override int WarmUpRounds => 6;

    public override bool WaitsForNagle => false;

    public override bool IsComparedWith(StoreTarget ours) => ours.Name == Rival;

    public override async Task PrepareAsync()
    {
        if (_product is null)
        {
            _product = ProductProcess.Start(Settings);
            await _product.WaitUntilReadyAsync();
            _archive = new ProductArchive(Settings.Configuration);
            _facility = await _archive.FindFacilityAsync()
                ?? (await _archive.AddFacilitiesAsync(Settings.FirstPort, 1, CancellationToken.None))[0];
            await _product.WaitForPortAsync(_facility.Port);
            Directory.CreateDirectory(ObjectFolder);
        }
        else
        {
            Empty(ObjectFolder);
        }

        _instances = await _archive!.CountInstancesAsync();
    }

    public override async Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken)
    {
        try
        {
            return await Senders.SendAsync(workload, _facility!.Port, associations, nagle, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{name} did not take what was sent. Its last lines:{Environment.NewLine}{_product!.LastLines()}", exception);
        }
    }

    public override double CpuSeconds() =>
        ProcessFigures.CpuSeconds(_product!.Id) + (server is null ? 0 : ProcessFigures.CpuSeconds(server.ProcessId));

    public override async Task CheckAsync(int count, long bytes)
    {
        CheckFiles(ObjectFolder, count, bytes);
        var added = await _archive!.CountInstancesAsync() - _instances;
        if (added != count)
            throw new InvalidOperationException($"{Name} has indexed {added} of {count} objects.");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_archive is not null)
            await _archive.DisposeAsync();
        if (_product is not null)
            await _product.DisposeAsync();
        (_archive, _product) = (null, null);
    }

    // Of the facility that is sent to: others may have a million files, which are none of our business.
    private string ObjectFolder => Path.Combine(Settings.DataFolder, "facilities", _facility!.Id.ToString("N"));
}
