using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Retention;
using Noctis.Portal.Storage;

namespace Noctis.Portal.Attention;

/// <summary>Quotas, the disk, and files that are not as they should be.</summary>
internal sealed class StorageAttention(
    StorageSettingsQueries quotas, StorageForecastQueries forecasts, FaultQueries faults, IOptions<StorageOptions> storage) : IAttentionSource
{
    public TimeSpan Lifetime => TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var standings = await quotas.ListStandingsAsync(scope, cancellationToken);
        var forecast = await forecasts.GetAsync(scope, cancellationToken);
        var days = forecast.Quotas.ToDictionary(quota => quota.FacilityId);
        var faulty = await faults.CountByFacilityAsync(scope, cancellationToken);
        return
        [
            .. OfDisk(DiskSpace.Of(storage.Value.Path), forecast.Disk),
            .. standings.Where(standing => places.ContainsKey(standing.FacilityId)).SelectMany(standing =>
                QuotaAttention.OfFacility(places[standing.FacilityId], standing, days.GetValueOrDefault(standing.FacilityId)).Select(item => item.At(places[standing.FacilityId]))),
            .. faulty.Where(fault => places.ContainsKey(fault.Key)).SelectMany(fault =>
                FaultAttention.OfFacility(places[fault.Key], fault.Value).Select(item => item.At(places[fault.Key]))),
        ];
    }

    internal static IEnumerable<AttentionItem> OfDisk(DiskSpace? disk, DiskForecast forecast)
    {
        var lasts = StorageText.Kind(forecast.DaysLeft) == StatusKind.Ok ? "" : $" At the present growth, {SizeText.Of(forecast.GrowthPerDay)} a day, it is full in {StorageText.Lasts(forecast.DaysLeft, forecast.GrowthPerDay, isFull: false)}.";
        if (disk is { PercentFull: >= 85 })
        {
            yield return new AttentionItem(disk.PercentFull >= 95 || forecast.DaysLeft < 7 ? StatusKind.Bad : StatusKind.Warn, $"The disk is {disk.PercentFull} % full",
                $"{SizeText.Of(disk.FreeBytes)} are left in {disk.Path}. When it is full, images are refused.{lasts}", "Open", "/admin/storage");
        }
        else if (forecast.DaysLeft > 0 && StorageText.Kind(forecast.DaysLeft) is not StatusKind.Ok and var kind)
        {
            yield return new AttentionItem(kind, $"The disk will be full in {StorageText.Lasts(forecast.DaysLeft, forecast.GrowthPerDay, isFull: false)}",
                $"What is stored grows by {SizeText.Of(forecast.GrowthPerDay)} a day. When there is no room, images are refused: add some, or let clean-up make it.", "Open", "/admin/storage");
        }
    }
}
