namespace Noctis.Portal.Jobs;

/// <summary>
/// Every scheduled job of Noctis. To add one: a class in this folder that implements <see cref="IScheduledJob"/> and calls a command
/// of the archive, and an entry here: its name, its title, when it runs, what it does. The settings, the page of jobs and the
/// cluster know it from then on. The setting that moves it is Jobs:Schedule:name.
/// </summary>
public sealed class JobList(IReadOnlyList<JobDefinition> jobs)
{
    public static JobList Default { get; } = new(
    [
        JobDefinition.Of<StudyCompletionJob>("StudyCompletion", "Study completion", "every 15 seconds",
            "Marks studies as complete when nothing has come for them for a while, and tells the pages."),
        JobDefinition.Of<RetentionJob>("Retention", "Clean-up", "every 5 minutes",
            "Moves the oldest studies of facilities that have clean-up on to the trash: when the quota or the disk is full, or when their days are over."),
        JobDefinition.Of<TrashJob>("Trash", "Emptying the trash", "every 10 minutes",
            "Removes studies for good whose days in the trash are over, with their files."),
        JobDefinition.Of<QuarantineJob>("Quarantine", "Quarantine", "every hour",
            "Discards images of devices that are not registered which nobody has released within the days set for them."),
        JobDefinition.Of<StorageStatisticsJob>("StorageStatistics", "Storage statistics", "every hour",
            "Writes down what each facility holds of each modality, for growth and forecast."),
        JobDefinition.Of<JournalPruningJob>("JournalPruning", "Pruning of the journal", "daily at 01:30",
            "Removes associations and refused calls from the journal that are older than it is to go back."),
        JobDefinition.Of<IntegrityJob>(IntegrityJob.Name, "Integrity", "every 10 minutes",
            "Reads stored images again, at the set pace, and reports those whose file is missing or is not what was received."),
        JobDefinition.Of<OrphansJob>("Orphans", "Orphans", "daily at 02:10",
            "Looks for files that the index does not know, and indexes, keeps or removes them, and for images whose file is not there."),
        JobDefinition.Of<JobHistoryJob>("JobHistory", "History of jobs", "every 5 minutes",
            "Marks runs whose server went away, and removes runs older than 30 days."),
        JobDefinition.Of<SelfTestsJob>("SelfTests", "Self-tests", "every 15 minutes",
            "Says whether every listener answered when it was last tested, by each node for itself as SelfTest:Minutes has it, and removes old results."),
        JobDefinition.Of<ImageSelfTestJob>("ImageSelfTest", "Test image", "daily at 03:40",
            "Sends a test image through every listener into the index, where it is taken back: nothing of it stays, and nobody sees it."),
    ]);

    /// <summary>In the order in which the page shows them.</summary>
    public IReadOnlyList<JobDefinition> All => jobs;

    public JobDefinition? Find(string? name) => jobs.FirstOrDefault(job => string.Equals(job.Name, name, StringComparison.OrdinalIgnoreCase));
}
