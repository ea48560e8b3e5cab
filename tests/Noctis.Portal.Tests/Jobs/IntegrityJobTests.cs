using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;
using Noctis.Archive.Storage;
using Noctis.Portal.Jobs;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;
using Noctis.Testing.Ingest;

namespace Noctis.Portal.Tests.Jobs;

public sealed class IntegrityJobTests
{
    [Fact]
    public async Task Run_BetweenRounds_ReadsNothingUnlessAPersonAsked()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProviderKind.Sqlite);
        var scope = await database.AddFacilityAsync();
        await database.Services.StoreAsync(scope, new PhantomImage { PixelBytes = 100 });
        Assert.StartsWith("Read 1 file, ", await RunAsync(database, null), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(new StoragePaths(database.StoragePath).Facility(scope.FacilityId), "studies"), recursive: true);

        Assert.Equal("", await RunAsync(database, null));
        Assert.Contains(": 1 missing.", await RunAsync(database, "Anna"), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(TestDatabase database, string? requestedBy)
    {
        var history = database.Services.GetRequiredService<JobHistory>();
        var run = await history.BeginAsync(IntegrityJob.Name, "node", requestedBy);
        var result = await ActivatorUtilities.CreateInstance<IntegrityJob>(database.Services).RunAsync(CancellationToken.None);
        Assert.True(result.IsSuccess, result.ToString());
        await history.FinishAsync(run, JobOutcome.Succeeded, result.Value);
        return result.Value;
    }
}
