using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>Says which devices may send to a facility. For its managers and administrators.</summary>
public sealed class DeviceCommands(INoctisDbContextFactory databases, IdGenerator ids, AuditTrail audit, FacilityChanges changes, TimeProvider time)
{
    /// <summary>What is wrong with values as they are typed, each error with its field; empty when they can be used.</summary>
    public async Task<IReadOnlyList<Error>> ValidateAsync(FacilityScope scope, DeviceDraft draft, long? deviceId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var database = databases.CreateFor(scope);
        return await ValidateAsync(database, draft, deviceId, cancellationToken);
    }

    public async Task<Result<Device>> AddAsync(FacilityScope scope, DeviceDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(draft);
        if (!scope.MayManage)
            return Forbidden();
        await using var database = databases.CreateFor(scope);
        var errors = await ValidateAsync(database, draft, null, cancellationToken);
        if (errors.Count > 0)
            return ToError(errors);

        var device = new Device { Id = ids.Next(), FacilityId = scope.FacilityId, AETitle = "", CreatedUtc = time.GetUtcNow().UtcDateTime };
        Apply(draft, device);
        database.Add(device);
        return await SaveAsync(database, scope, device, AuditAction.DeviceAdded, cancellationToken);
    }

    public async Task<Result<Device>> UpdateAsync(FacilityScope scope, long deviceId, DeviceDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(draft);
        if (!scope.MayManage)
            return Forbidden();
        await using var database = databases.CreateFor(scope);
        var device = await database.Devices.FirstOrDefaultAsync(device => device.Id == deviceId, cancellationToken);
        if (device is null)
            return NotFound();
        var errors = await ValidateAsync(database, draft, deviceId, cancellationToken);
        if (errors.Count > 0)
            return ToError(errors);

        Apply(draft, device);
        return await SaveAsync(database, scope, device, AuditAction.DeviceUpdated, cancellationToken);
    }

    public async Task<Result> RemoveAsync(FacilityScope scope, long deviceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        await using var database = databases.CreateFor(scope);
        var device = await database.Devices.FirstOrDefaultAsync(device => device.Id == deviceId, cancellationToken);
        if (device is null)
            return NotFound();
        database.Remove(device);
        return (await SaveAsync(database, scope, device, AuditAction.DeviceRemoved, cancellationToken)).WithoutValue();
    }

    internal static NotFoundError NotFound() => new("There is no such device. It may have been removed: look at the list of devices.");

    private static ForbiddenError Forbidden() => new("Devices are changed by the facility's managers. Ask one of them.");

    private static Error ToError(List<Error> errors) => errors is [var only] ? only : new InvalidFieldsError(errors);

    private static void Apply(DeviceDraft draft, Device device)
    {
        device.AETitle = AETitleRules.Trim(draft.AETitle);
        device.Description = (draft.Description ?? "").Trim();
        device.ExpectedAddress = string.IsNullOrWhiteSpace(draft.ExpectedAddress) ? null : draft.ExpectedAddress.Trim();
        device.IsActive = draft.IsActive;
    }

    private static async Task<List<Error>> ValidateAsync(NoctisDbContext database, DeviceDraft draft, long? deviceId, CancellationToken cancellationToken)
    {
        var errors = new List<Error>();
        var title = AETitleRules.Trim(draft.AETitle);
        if (AETitleRules.Fault(draft.AETitle) is { } fault)
            errors.Add(InvalidError.For(nameof(DeviceDraft.AETitle), fault));
        else if (await database.Devices.AnyAsync(device => device.AETitle == title && device.Id != deviceId, cancellationToken))
            errors.Add(TitleTaken(title));

        if (draft.Description?.Trim().Length > Device.DescriptionMaxLength)
            errors.Add(InvalidError.For(nameof(DeviceDraft.Description), $"A description has at most {Device.DescriptionMaxLength} characters; this one has {draft.Description.Trim().Length}."));

        // A name is looked up when the device calls, so here it only has to be possible.
        if (!string.IsNullOrWhiteSpace(draft.ExpectedAddress) && Uri.CheckHostName(draft.ExpectedAddress.Trim()) == UriHostNameType.Unknown)
            errors.Add(InvalidError.For(nameof(DeviceDraft.ExpectedAddress), $"\"{draft.ExpectedAddress}\" is neither an IP address (192.0.2.10) nor a host name (ct1.example.org). Correct it, or leave it empty."));
        else if (draft.ExpectedAddress?.Trim().Length > Device.AddressMaxLength)
            errors.Add(InvalidError.For(nameof(DeviceDraft.ExpectedAddress), $"An address has at most {Device.AddressMaxLength} characters."));
        return errors;
    }

    private static InvalidError TitleTaken(string title) =>
        InvalidError.For(nameof(DeviceDraft.AETitle), $"This facility already has a device with the AE title {title}. Change that one, or type another title.");

    private async Task<Result<Device>> SaveAsync(NoctisDbContext database, FacilityScope scope, Device device, string action, CancellationToken cancellationToken)
    {
        audit.Add(database, AuditActor.Of(scope), action, scope.FacilityId, device.Id.ToString(CultureInfo.InvariantCulture), device.AETitle);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotFound();
        }
        catch (DbUpdateException exception) when (database.IsUniqueViolation(exception))
        {
            return TitleTaken(device.AETitle);
        }

        changes.Publish(scope.FacilityId);
        return device;
    }
}
