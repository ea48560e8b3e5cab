using System.Net;
using System.Net.Sockets;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;

namespace Noctis.Portal.Journal;

/// <summary>
/// Makes the fixes that are offered, by the commands that people use for the same by hand: with their rules, their history and audit, and
/// at work on the wire as soon.
/// </summary>
public sealed class FixCommands(
    DeviceCommands devices, DeviceQueries deviceQueries, FacilitySettingsCommands settings, FacilitySettingsQueries settingsQueries, SettingsUndo settingsUndo)
{
    public async Task<Result<AppliedFix>> ApplyAsync(FacilityScope scope, FixKind kind, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(refusal);
        var title = AETitleRules.Trim(refusal.CallingAETitle);
        return kind switch
        {
            FixKind.RegisterDevice => await RegisterAsync(scope, title, refusal.Address),
            FixKind.RegisterDeviceAnywhere => await RegisterAsync(scope, title, null),
            FixKind.SwitchDeviceOn => await ChangeAsync(scope, title, draft => draft with { IsActive = true }, draft => draft with { IsActive = false }, $"{title} is switched on."),
            FixKind.TakeAddress => await MoveAsync(scope, title, refusal.Address, $"{title} is expected at {refusal.Address}."),
            FixKind.TakeAnyAddress => await MoveAsync(scope, title, null, $"{title} may call from any address."),
            FixKind.AllowAddress => await SetAsync(scope, $"{refusal.Address} may call.", current =>
                current with { Access = current.Access with { AllowedNetworks = [.. current.Access.AllowedNetworks, NetworkOf(refusal.Address)] } }),
            FixKind.IgnoreCase => await SetAsync(scope, "Upper and lower case of AE titles count alike.", current => current with { Access = current.Access with { IsCaseSensitive = false } }),
            _ => await SwitchOnAsync(scope, refusal),
        };
    }

    private async Task<Result<AppliedFix>> RegisterAsync(FacilityScope scope, string title, string? address)
    {
        var added = await devices.AddAsync(scope, new DeviceDraft(title, ExpectedAddress: address));
        if (!added.IsSuccess)
            return added.Error;
        var device = added.Value;
        var from = address is null ? "from any address" : $"from {address}";
        return new AppliedFix(scope.FacilityId, $"{title} is registered and may send {from}.", again => devices.RemoveAsync(again, device.Id));
    }

    private async Task<Result<AppliedFix>> MoveAsync(FacilityScope scope, string title, string? address, string text)
    {
        var found = await FindAsync(scope, title);
        if (!found.IsSuccess)
            return found.Error;
        var device = found.Value;
        var before = device.ExpectedAddress;
        return await ChangeAsync(scope, device.AETitle, draft => draft with { ExpectedAddress = address }, draft => draft with { ExpectedAddress = before }, text);
    }

    private async Task<Result<AppliedFix>> ChangeAsync(FacilityScope scope, string title, Func<DeviceDraft, DeviceDraft> change, Func<DeviceDraft, DeviceDraft> back, string text)
    {
        var found = await FindAsync(scope, title);
        if (!found.IsSuccess)
            return found.Error;
        var device = found.Value;
        var saved = await devices.UpdateAsync(scope, device.Id, change(DraftOf(device)));
        return saved.IsSuccess ? new AppliedFix(scope.FacilityId, text, again => ChangeBackAsync(again, device.Id, back)) : saved.Error;
    }

    // What was changed beside it meanwhile stays.
    private async Task<Result> ChangeBackAsync(FacilityScope scope, long deviceId, Func<DeviceDraft, DeviceDraft> back)
    {
        var found = await deviceQueries.GetAsync(scope, deviceId);
        return found.IsSuccess ? (await devices.UpdateAsync(scope, deviceId, back(DraftOf(found.Value)))).WithoutValue() : found.Error;
    }

    private async Task<Result<Device>> FindAsync(FacilityScope scope, string title)
    {
        var facts = await FixFacts.ReadAsync(scope, deviceQueries, settingsQueries);
        return facts.FindDevice(title) is { } device ? device : new NotFoundError($"There is no device {title} any more. Look at the list of devices.");
    }

    private async Task<Result<AppliedFix>> SwitchOnAsync(FacilityScope scope, Refusal refusal)
    {
        var proposed = ProposedContexts.Find(refusal, (await settingsQueries.GetAsync(scope)).Settings);
        return await SetAsync(scope, $"Taken from the next association on: {proposed.Names}.", proposed.SwitchOn);
    }

    private async Task<Result<AppliedFix>> SetAsync(FacilityScope scope, string text, Func<FacilitySettings, FacilitySettings> change)
    {
        var before = await settingsQueries.GetAsync(scope);
        var saved = await settings.ChangeAsync(scope, change, new SettingsOrigin(SettingsChangeCause.Fix));
        if (!saved.IsSuccess)
            return saved.Error;
        // Somebody else may have been quicker: then there is nothing to take back.
        if (saved.Value.Version == before.Version)
            return new AppliedFix(scope.FacilityId, text, null);
        var made = (await settingsQueries.HistoryAsync(scope, take: 10)).FirstOrDefault(one => one.Cause == SettingsChangeCause.Fix && one.ActorId == scope.ActorId);
        return new AppliedFix(scope.FacilityId, text, made is null ? null : again => settingsUndo.UndoAsync(again, made.Id));
    }

    private static DeviceDraft DraftOf(Device device) => new(device.AETitle, device.Description, device.ExpectedAddress, device.IsActive);

    private static string NetworkOf(string address) =>
        IPAddress.TryParse(address, out var parsed) ? $"{address}/{(parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}" : address;
}
