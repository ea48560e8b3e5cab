using Noctis.Archive.Storage;

namespace Noctis.Archive.Settings;

/// <summary>Takes settings over from another facility. AE title, port, devices and certificates stay each facility's own.</summary>
public sealed class SettingsCopying(
    FacilitySettingsQueries queries, FacilitySettingsCommands commands, StorageSettingsQueries storage, StorageSettingsCommands storageCommands)
{
    /// <summary>The sections that can be copied, each by its name.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [
        nameof(FacilitySettings.Network), nameof(FacilitySettings.Access), nameof(FacilitySettings.Services), nameof(FacilitySettings.SopClasses),
        nameof(FacilitySettings.TransferSyntaxes), nameof(FacilitySettings.Logging), SettingsHistory.StorageSection,
    ];

    /// <summary>Copies sections. What only an administrator may set stays as it is where somebody else copies.</summary>
    /// <param name="from">The facility to copy from; who copies must manage it too.</param>
    /// <param name="to">The facility that changes.</param>
    /// <param name="sections">Of <see cref="Sections"/>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<Result> CopyAsync(FacilityScope from, FacilityScope to, IReadOnlyCollection<string> sections, CancellationToken cancellationToken = default)
    {
        if (Fault(from, to, sections) is { } fault)
            return fault;

        var (source, _) = await queries.GetAsync(from, cancellationToken);
        var copied = await commands.ChangeAsync(to, current => Take(source, current, sections, to.IsAdministrator), new SettingsOrigin(SettingsChangeCause.Copy), cancellationToken);
        if (!copied.IsSuccess || !sections.Contains(SettingsHistory.StorageSection))
            return copied.WithoutValue();

        var wanted = StorageSettingsDraft.Of(await storage.GetAsync(from, cancellationToken));
        var now = await storage.GetAsync(to, cancellationToken);
        if (!to.IsAdministrator)
            wanted = wanted with { QuotaBytes = now.QuotaBytes };
        return (await storageCommands.SaveAsync(to, wanted, now.Version, new SettingsOrigin(SettingsChangeCause.Copy), cancellationToken)).WithoutValue();
    }

    /// <summary>What <see cref="CopyAsync"/> would make of the settings as they are now.</summary>
    public async Task<Result<SettingsCopyPreview>> PreviewAsync(
        FacilityScope from, FacilityScope to, IReadOnlyCollection<string> sections, CancellationToken cancellationToken = default)
    {
        if (Fault(from, to, sections) is { } fault)
            return fault;

        var (source, _) = await queries.GetAsync(from, cancellationToken);
        var (current, _) = await queries.GetAsync(to, cancellationToken);
        var storageNow = StorageSettingsDraft.Of(await storage.GetAsync(to, cancellationToken));
        var storageAfter = storageNow;
        if (sections.Contains(SettingsHistory.StorageSection))
        {
            storageAfter = StorageSettingsDraft.Of(await storage.GetAsync(from, cancellationToken));
            if (!to.IsAdministrator)
                storageAfter = storageAfter with { QuotaBytes = storageNow.QuotaBytes };
        }

        return new SettingsCopyPreview(current, Take(source, current, sections, to.IsAdministrator), storageNow, storageAfter);
    }

    private static Error? Fault(FacilityScope from, FacilityScope to, IReadOnlyCollection<string> sections)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(sections);
        if (!from.MayManage || !to.MayManage)
            return new ForbiddenError("Settings are copied by those who manage both facilities. Ask an administrator.");
        if (from.FacilityId == to.FacilityId)
            return InvalidError.For(nameof(from), "That is the same facility. Choose another one to copy from.");
        if (sections.Count == 0)
            return InvalidError.For(nameof(sections), "Choose at least one group of settings to copy.");
        if (sections.FirstOrDefault(section => !Sections.Contains(section)) is { } unknown)
            return InvalidError.For(nameof(sections), $"{unknown} is no group of settings. There are {string.Join(", ", Sections)}.");
        return null;
    }

    private static FacilitySettings Take(FacilitySettings source, FacilitySettings current, IReadOnlyCollection<string> sections, bool isAdministrator)
    {
        var network = !sections.Contains(nameof(FacilitySettings.Network)) ? current.Network
            : isAdministrator ? source.Network
            : source.Network with
            {
                BindAddress = current.Network.BindAddress,
                MaxAssociations = current.Network.MaxAssociations,
                MaxPduLength = current.Network.MaxPduLength,
            };
        return current with
        {
            Network = network,
            Access = sections.Contains(nameof(FacilitySettings.Access)) ? source.Access : current.Access,
            Services = sections.Contains(nameof(FacilitySettings.Services)) ? source.Services : current.Services,
            SopClasses = sections.Contains(nameof(FacilitySettings.SopClasses)) ? source.SopClasses : current.SopClasses,
            TransferSyntaxes = sections.Contains(nameof(FacilitySettings.TransferSyntaxes)) ? source.TransferSyntaxes : current.TransferSyntaxes,
            Logging = sections.Contains(nameof(FacilitySettings.Logging)) ? source.Logging : current.Logging,
        };
    }
}
