using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Benchmarks.Product;

namespace Noctis.Benchmarks.Filling;

/// <summary>Fills an installation, to look at it in the portal or to measure with: <c>Noctis.Benchmarks fill</c>.</summary>
internal static class FillCommand
{
    public static async Task<int> RunAsync(FillOptions options, CancellationToken cancellationToken)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Storage:Path"] = Path.GetFullPath(options.Data),
            ["Database:Provider"] = options.Database.ToString(),
            ["ConnectionStrings:Noctis"] = options.Connection,
        };
        await using var archive = new ProductArchive(configuration);
        // Held until the end: on SQLite the file belongs to one process at a time.
        await archive.Services.GetRequiredService<DatabaseStartup>().MigrateAsync(cancellationToken);
        var facilities = await FindFacilitiesAsync(archive, options.Facilities, cancellationToken);
        await new ArchiveFiller(configuration, options).RunAsync(facilities, cancellationToken);
        return 0;
    }

    private static async Task<IReadOnlyList<Facility>> FindFacilitiesAsync(ProductArchive archive, int count, CancellationToken cancellationToken)
    {
        List<Facility> facilities;
        await using (var database = archive.AcrossFacilities())
        {
            facilities = await database.Facilities.AsNoTracking().Where(facility => facility.State == FacilityState.Active)
                .OrderBy(facility => facility.CreatedUtc).Take(count).ToListAsync(cancellationToken);
        }

        var commands = archive.Services.GetRequiredService<FacilityCommands>();
        while (facilities.Count < count)
        {
            var created = await commands.CreateAsync(
                AdministratorScope.ForSystem("fill"), new FacilityDraft(MadeUpNames.Facility(facilities.Count)), cancellationToken);
            facilities.Add(created.IsSuccess ? created.Value : throw new InvalidOperationException(created.Error.Message));
        }

        return facilities;
    }
}
