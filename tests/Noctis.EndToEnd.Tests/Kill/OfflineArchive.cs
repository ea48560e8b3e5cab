using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.EndToEnd.Tests.Harness;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>The archive on the product's own data folder, to prepare it before the first start and to look into it between the kills.</summary>
internal sealed class OfflineArchive : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StoragePaths _paths;
    private readonly NoctisSettings _settings;

    public OfflineArchive(NoctisSettings settings)
    {
        _settings = settings;
        _services = CreateServices(settings);
        _paths = new StoragePaths(settings.DataFolder);
    }

    public async Task<KillFacility> CreateFacilityAsync(string name, DuplicatePolicy policy)
    {
        // Of their own, and gone before the product starts: whoever has opened the database for writing keeps others out.
        await using var services = CreateServices(_settings);
        await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
        var created = await services.GetRequiredService<FacilityCommands>().CreateAsync(AdministratorScope.ForSystem("test"), new FacilityDraft(name));
        await using var database = Open(services, created.Value.Id);
        database.Add(new StorageSettings { FacilityId = created.Value.Id, DuplicatePolicy = policy });
        await database.SaveChangesAsync();
        return new KillFacility(created.Value, policy);
    }

    /// <summary>
    /// After a start: each file has its row and each row, acknowledged or not, its whole file; counts are what they count; and these
    /// objects are as their senders were told.
    /// </summary>
    public async Task AssertRightAsync(KillFacility facility, IReadOnlyCollection<SentObject> sent)
    {
        await using var database = Open(_services, facility.Id);
        var instances = await database.Set<Instance>().AsNoTracking().ToListAsync();
        var versions = await database.Set<InstanceVersion>().AsNoTracking().Where(version => version.StoragePath != null).ToListAsync();
        await AssertCountsAsync(database, instances, versions);
        AssertFiles(facility, instances, versions);

        var byUid = instances.ToDictionary(instance => instance.SOPInstanceUID);
        var kept = versions.ToLookup(version => version.InstanceId);
        foreach (var item in sent)
        {
            var uid = item.Image.SOPInstanceUID;
            if (!byUid.TryGetValue(uid, out var instance))
            {
                Assert.False(item.MustExist, $"{facility.Name} lost {uid}, which it had acknowledged.");
                item.Found(null);
                continue;
            }

            Assert.Equal(uid, DicomFile.Open(PathOf(facility, instance.StoragePath)).Dataset.GetString(DicomTag.SOPInstanceUID));
            var current = await FindAsync(PathOf(facility, instance.StoragePath), item.MayCount);
            Assert.True(current is not null, $"{uid} of {facility.Name} ({facility.Policy}) holds what it should not, after {item.Acknowledgements} acknowledgements.");
            var beside = new List<SentContent?>();
            foreach (var version in kept[instance.Id])
                beside.Add(await FindAsync(PathOf(facility, version.StoragePath!), item.MustBeKept.Concat(item.MayCount)));
            Assert.DoesNotContain(null, beside);
            Assert.All(item.MustBeKept, content => Assert.True(content == current || beside.Contains(content), $"{facility.Name} has not kept a version of {uid}."));
            item.Found(current);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider CreateServices(NoctisSettings settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Environment.ToDictionary(
                pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddNoctisArchive(configuration);
        return services.BuildServiceProvider();
    }

    private static NoctisDbContext Open(IServiceProvider services, Guid facilityId) =>
        services.GetRequiredService<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facilityId, "test"));

    private static async Task AssertCountsAsync(NoctisDbContext database, List<Instance> instances, List<InstanceVersion> versions)
    {
        var usage = await database.Set<FacilityUsage>().AsNoTracking().SingleOrDefaultAsync() ?? new FacilityUsage();
        var studies = await database.Set<Study>().AsNoTracking().ToListAsync();
        var series = await database.Set<Series>().AsNoTracking().ToListAsync();
        Assert.Equal((instances.Count, instances.Sum(row => row.Bytes)), (usage.Instances, usage.Bytes));
        Assert.Equal((studies.Count, series.Count), (usage.Studies, usage.Series));
        Assert.Equal(versions.Sum(row => row.Bytes), usage.VersionBytes);
        Assert.Equal((instances.Count, instances.Sum(row => row.Bytes)), (studies.Sum(row => row.NumberOfInstances), studies.Sum(row => row.Bytes)));
        Assert.Equal((instances.Count, instances.Sum(row => row.Bytes)), (series.Sum(row => row.NumberOfInstances), series.Sum(row => row.Bytes)));
        Assert.Empty(await database.Set<FileRemoval>().AsNoTracking().ToListAsync());
    }

    private void AssertFiles(KillFacility facility, List<Instance> instances, List<InstanceVersion> versions)
    {
        var named = instances.Select(row => (row.StoragePath, row.Bytes))
            .Concat(versions.Select(row => (StoragePath: row.StoragePath!, row.Bytes)))
            .ToDictionary(row => PathOf(facility, row.StoragePath), row => row.Bytes);
        var folder = _paths.Facility(facility.Id);
        var files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories) : [];

        // Neither a part of an object nor a mark of one on its way, and no object that nobody knows of.
        Assert.DoesNotContain(files, file => !named.ContainsKey(file.FullName));
        var lengths = files.ToDictionary(file => file.FullName, file => file.Length);
        Assert.All(named, row => Assert.Equal(row.Value, lengths.GetValueOrDefault(row.Key, -1)));
    }

    /// <summary>Which of these contents a file ends with; null for none of them.</summary>
    private static async Task<SentContent?> FindAsync(string path, IEnumerable<SentContent> contents)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        return contents.FirstOrDefault(content =>
            content.Length <= bytes.Length && Convert.ToHexString(SHA256.HashData(bytes.AsSpan(bytes.Length - content.Length))) == content.Sha256);
    }

    private string PathOf(KillFacility facility, string relative) => _paths.Resolve(facility.Id, relative);
}
