using System.Globalization;
using Noctis.Benchmarks.Ingest;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks.Journal;

/// <summary>The product while rows are written to its journal beside those of the objects that are stored.</summary>
/// <param name="name">As tables call it.</param>
/// <param name="settings">Where it is.</param>
/// <param name="server">The server of its database; null on SQLite.</param>
/// <param name="rowsPerSecond">How many rows; 0 for none.</param>
internal sealed class JournalTarget(string name, ProductSettings settings, PostgreSqlServer? server, int rowsPerSecond)
    : ProductTarget(name, settings, server)
{
    private long _rows;
    private double _seconds;

    /// <summary>What it is compared with.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    public override bool IsOurs => Rivals.Count > 0;

    /// <summary>Rows of all rounds.</summary>
    public long Rows => _rows;

    /// <summary>Rows a second, from the first until the last was in the database.</summary>
    public double RowsPerSecond => _rows / _seconds;

    public long Lost { get; private set; }

    public override bool IsComparedWith(StoreTarget ours) => ours is JournalTarget target && target.Rivals.Contains(Name);

    public override async Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken)
    {
        if (rowsPerSecond == 0)
            return await base.StoreAsync(workload, associations, nagle, cancellationToken);
        var (order, receipt) = (Path.Combine(Settings.Folder, JournalFeed.OrderFile), Path.Combine(Settings.Folder, JournalFeed.ReceiptFile));
        await File.WriteAllTextAsync(order + ".new", rowsPerSecond.ToString(CultureInfo.InvariantCulture), cancellationToken);
        File.Move(order + ".new", order);
        TimeSpan elapsed;
        try
        {
            elapsed = await base.StoreAsync(workload, associations, nagle, cancellationToken);
        }
        finally
        {
            File.Delete(order);
        }

        while (!File.Exists(receipt))
            await Task.Delay(10, cancellationToken);
        var figures = (await File.ReadAllTextAsync(receipt, cancellationToken)).Split(' ');
        File.Delete(receipt);
        _rows += long.Parse(figures[0], CultureInfo.InvariantCulture);
        _seconds += double.Parse(figures[1], CultureInfo.InvariantCulture);
        Lost += long.Parse(figures[2], CultureInfo.InvariantCulture);
        return elapsed;
    }
}
