using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Benchmarks.Journal;
using Noctis.Gateway.Journal;

[assembly: HostingStartup(typeof(JournalFeedStartup))]

namespace Noctis.Benchmarks.Journal;

/// <summary>Puts the feed into the product as it is installed: it knows nothing of benchmarks, and is told of this one by its environment.</summary>
public sealed class JournalFeedStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddHostedService<JournalFeed>());
}

/// <summary>
/// Within the product: writes rows of operations to its journal, as many a second as a file says, while the file is there. What senders and a network
/// would cost is left out, so that what the rows cost alone remains.
/// </summary>
public sealed class JournalFeed(JournalWriter journal, IdGenerator ids, IConfiguration configuration) : BackgroundService
{
    public const string FolderKey = "JournalFeed:Folder";
    public const string FacilityKey = "JournalFeed:Facility";

    /// <summary>Holds the rows a second while rows are to be written.</summary>
    public const string OrderFile = "feed";

    /// <summary>Holds how many were written, in how many seconds, and how many were lost, once the order is gone.</summary>
    public const string ReceiptFile = "fed";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var folder = configuration[FolderKey]!;
        var (order, receipt) = (Path.Combine(folder, OrderFile), Path.Combine(folder, ReceiptFile));
        var facility = Guid.Parse(configuration[FacilityKey]!);
        while (true)
        {
            await Task.Delay(Tick, stoppingToken);
            if (File.Exists(order))
                await FeedAsync(facility, order, receipt, stoppingToken);
        }
    }

    private async Task FeedAsync(Guid facility, string order, string receipt, CancellationToken ct)
    {
        var rate = double.Parse(await File.ReadAllTextAsync(order, ct), CultureInfo.InvariantCulture);
        var (clock, lost, rows) = (Stopwatch.StartNew(), journal.Dropped, 0L);
        while (File.Exists(order))
        {
            for (var due = (long)(rate * clock.Elapsed.TotalSeconds); rows < due; rows++)
                journal.Write(Row(facility));
            await Task.Delay(Tick, ct);
        }

        await journal.FlushAsync(ct);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rows} {clock.Elapsed.TotalSeconds} {journal.Dropped - lost}");
        await File.WriteAllTextAsync(receipt + ".new", text, ct);
        File.Move(receipt + ".new", receipt);
    }

    private JournalEntry Row(Guid facility)
    {
        var id = ids.Next();
        return new JournalEntry
        {
            Id = id,
            FacilityId = facility,
            AssociationId = id,
            TimeUtc = DateTime.UtcNow,
            Kind = JournalKind.Store,
            Outcome = JournalOutcome.Completed,
            RemoteAddress = "192.0.2.17",
            CallingAETitle = "CT_SCANNER_1",
            CalledAETitle = "CENTRALHOSP1A2B",
            LocalPort = 11113,
            Images = 1,
            Bytes = 538_000,
            DurationMs = 12,
            SOPClassUID = "1.2.840.10008.5.1.4.1.1.2",
            SOPInstanceUID = string.Create(CultureInfo.InvariantCulture, $"2.25.{id}.1.482.77.{id}"),
            TransferSyntaxUID = "1.2.840.10008.1.2.1",
            Status = 0,
        };
    }
}
