using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Files;
using Noctis.EndToEnd.Tests.Harness;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>The archive on the product's own data folder, to prepare it before the first start and to look into it between the kills.</summary>
internal sealed class OfflineArchive : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StoragePaths _paths;
    private readonly List<Facility> _facilities = [];

    private readonly NoctisSettings _settings;

    public OfflineArchive(NoctisSettings settings)
    {
        _settings = settings;
        _services = CreateServices(settings);
        _paths = new StoragePaths(settings.DataFolder);
    }

    public async Task<IReadOnlyList<Facility>> CreateFacilitiesAsync(params string[] names)
    {
        // Of their own, and gone before the product starts: whoever has opened the database for writing keeps others out.
        await using var services = CreateServices(_settings);
        await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
        foreach (var name in names)
        {
            var created = await services.GetRequiredService<FacilityCommands>().CreateAsync(AdministratorScope.ForSystem("test"), new FacilityDraft(name));
            _facilities.Add(created.Value);
        }

        return _facilities;
    }

    /// <summary>
    /// After a start: nothing half-written is left, every file is indexed, and every row, acknowledged or not, has its whole file.
    /// </summary>
    public async Task AssertCleanAfterStartAsync()
    {
        foreach (var facility in _facilities)
        {
            var instances = await InstancesAsync(facility);
            var indexed = instances.ToDictionary(instance => _paths.Resolve(facility.Id, instance.StoragePath));
            var folder = _paths.Facility(facility.Id);
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];

            // Neither a part of an object nor a mark of one on its way, and no object that nobody knows of.
            Assert.DoesNotContain(files, file => !indexed.ContainsKey(file));
            Assert.All(indexed, pair => Assert.Equal(pair.Value.Bytes, new FileInfo(pair.Key).Length));
        }
    }

    /// <summary>Each acknowledged object is indexed once, and its file ends with the very bytes that were sent.</summary>
    public async Task AssertAllPresentAsync(IReadOnlyCollection<SentObject> acknowledged)
    {
        foreach (var facility in _facilities)
        {
            var instances = (await InstancesAsync(facility)).ToDictionary(instance => instance.SOPInstanceUID);
            var lost = new List<string>();
            foreach (var sent in acknowledged.Where(sent => sent.FacilityId == facility.Id))
            {
                if (!instances.TryGetValue(sent.SOPInstanceUID, out var instance) || !await IsWholeAsync(facility, instance, sent))
                    lost.Add(sent.SOPInstanceUID);
            }

            Assert.True(lost.Count == 0, string.Create(CultureInfo.InvariantCulture,
                $"{facility.Name} lost {lost.Count} of {acknowledged.Count(sent => sent.FacilityId == facility.Id)} acknowledged objects: {string.Join(", ", lost.Take(5))}"));
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

    private async Task<bool> IsWholeAsync(Facility facility, Instance instance, SentObject sent)
    {
        var path = _paths.Resolve(facility.Id, instance.StoragePath);
        var bytes = await File.ReadAllBytesAsync(path);
        var file = DicomFile.Open(path);
        return file.Dataset.GetString(Dicom.Data.DicomTag.SOPInstanceUID) == sent.SOPInstanceUID
            && Convert.ToHexString(SHA256.HashData(bytes.AsSpan(bytes.Length - sent.Length))) == sent.Sha256;
    }

    private async Task<List<Instance>> InstancesAsync(Facility facility)
    {
        await using var database = _services.GetRequiredService<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test"));
        return await database.Set<Instance>().AsNoTracking().ToListAsync();
    }
}
