using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Database;
using Npgsql;
using Quartz;
using Quartz.Impl.AdoJobStore;
using Quartz.Impl.AdoJobStore.Common;

namespace Noctis.Portal.Jobs;

/// <summary>
/// Sets Quartz up: in memory on SQLite, where there is one process; persistent and clustered in the product's own database on
/// PostgreSQL and SQL Server. Why as it is: docs/decisions/0010-quartz-clustered.md.
/// </summary>
internal sealed class QuartzFactory(JobList jobs, ServerNode node, IOptions<DatabaseOptions> database, IServiceProvider services, ILoggerFactory loggers)
{
    private const string Name = "Noctis";

    /// <summary>How often a node says that it is there.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(10);

    /// <summary>How long a node may then be silent before its work is taken over: longer than a busy machine stands still.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public StandaloneSchedulerFactory Create() => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.Services.AddSingleton(loggers);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = Name;
            scheduler.InstanceId = node.Process;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        // None waits for another, and what a person sets off begins at once.
        quartz.UseDefaultThreadPool(jobs.All.Count + 1);
        quartz.UseJobFactory(new JobRunnerFactory(services));
        if (database.Value.Kind == DatabaseProviderKind.Sqlite)
            quartz.UseInMemoryStore();
        else
            quartz.UsePersistentStore(UseDatabase);
    }).Build();

    private void UseDatabase(IPersistentStoreBuilder store)
    {
        var settings = database.Value;
        if (settings.Kind == DatabaseProviderKind.SqlServer)
        {
            // A lock that is a write of a row holds on every server; Quartz's own choice here is a hint on a SELECT.
            store.UseSqlServer(SqlClientFactory.Instance, settings.ConnectionString);
            store.UseLockHandler(provider => new UpdateRowLockHandler(provider.GetRequiredService<IDbProvider>()));
        }
        else
        {
            store.UsePostgres(NpgsqlFactory.Instance, settings.ConnectionString);
        }

        store.UseSystemTextJsonSerializer();
        store.ConfigureStore(options =>
        {
            options.StoreJobDataAsStrings = true;
            options.CommandTimeout = TimeSpan.FromSeconds(settings.CommandTimeout);
            // Every job runs once at a time, so every round needs the lock anyway; then it may as well be the only way.
            options.AcquireTriggersWithinLock = true;
            options.LockFreeFiringRounds = false;
        });
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = CheckIn;
            cluster.CheckinMisfireThreshold = Patience;
        });
    }
}
