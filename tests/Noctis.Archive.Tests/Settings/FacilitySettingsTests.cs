using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Settings;

public sealed class FacilitySettingsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Get_NobodyChangedThem_AreTheDefaults(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();

        var (settings, version) = await Queries(database).GetAsync(scope);

        Assert.Equal(0, version);
        Assert.Equal(
            (null, 10, 131_072, 30, 30, 30, TlsMode.Off, true, true),
            (settings.Network.BindAddress, settings.Network.MaxAssociations, settings.Network.MaxPduLength, settings.Network.NetworkTimeoutSeconds,
                settings.Network.AcseTimeoutSeconds, settings.Network.DimseTimeoutSeconds, settings.Network.Tls, settings.Network.IsEnabled, settings.Network.StartsAutomatically));
        Assert.Equal((true, true, true, UnknownDevices.Refuse), (settings.Access.ChecksCalledAETitle, settings.Access.ChecksCallingAETitle, settings.Access.IsCaseSensitive, settings.Access.UnknownDevices));
        Assert.Empty(settings.Access.AllowedNetworks);
        Assert.True(settings.Services.Offers("C-STORE"));
    }

    [DatabaseTheory]
    public async Task Save_ByAnAdministrator_IsKeptAnnouncedAuditedAndInTheHistory_ForThisFacilityAlone(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var announced = new List<Guid>();
        using var subscription = database.Services.GetRequiredService<FacilityChanges>().Subscribe(announced.Add);
        var wanted = FacilitySettings.Default with
        {
            Network = new NetworkSettings { BindAddress = "127.0.0.1", MaxAssociations = 20, Tls = TlsMode.On },
            Access = new AccessSettings { AllowedNetworks = ["192.0.2.77/24", "2001:db8::/32", "192.0.2.0/24"], IsCaseSensitive = false },
            Services = new ServiceSettings { Off = ["C-ECHO"] },
            SopClasses = new SopClassSettings().With(SopClassGroup.Ultrasound, isTaken: false),
            Logging = new LoggingSettings { KeepDays = 7, Files = false },
        };

        var saved = await Commands(database).SaveAsync(Administrator(scope), wanted, 0);

        Assert.Equal(1, saved.Value.Version);
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32"], saved.Value.Settings.Access.AllowedNetworks);
        var (read, version) = await Queries(database).GetAsync(scope);
        Assert.Equal(1, version);
        Assert.Equal(SettingsDocument.Write(saved.Value.Settings), SettingsDocument.Write(read));
        Assert.Equal(0, (await Queries(database).GetAsync(other)).Version);
        Assert.Contains(scope.FacilityId, announced);

        var change = Assert.Single(await Queries(database).HistoryAsync(scope));
        Assert.Equal(("admin", ActorKind.User, SettingsChangeCause.Edit), (change.ActorName, change.ActorKind, change.Cause));
        Assert.Contains("Network.MaxAssociations: 10 → 20", change.Summary, StringComparison.Ordinal);
        Assert.Contains("Access.IsCaseSensitive: on → off", change.Summary, StringComparison.Ordinal);
        Assert.Contains("Services.Off: none → C-ECHO", change.Summary, StringComparison.Ordinal);
        Assert.Contains(change.Differences, difference => difference is { Section: "Logging", Name: "KeepDays", Before: null, After: "7" });
        Assert.Empty(await Queries(database).HistoryAsync(other));
        await using var across = database.AcrossFacilities();
        Assert.Equal(1, await across.AuditEntries.CountAsync(row => row.AboutFacilityId == scope.FacilityId && row.Action == AuditAction.SettingsChanged));
    }

    [DatabaseTheory]
    public async Task Save_WhatIsThereAlready_IsNoChange(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();

        var saved = await Commands(database).SaveAsync(Administrator(scope), new FacilitySettings(), 0);

        Assert.Equal(0, saved.Value.Version);
        Assert.Empty(await Queries(database).HistoryAsync(scope));
    }

    [DatabaseTheory]
    public async Task Save_OfAnOlderVersion_IsRefusedAndChangesNothing(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();
        var first = FacilitySettings.Default with { Network = new NetworkSettings { AcseTimeoutSeconds = 60 } };
        Assert.True((await Commands(database).SaveAsync(Administrator(scope), first, 0)).IsSuccess);

        var second = await Commands(database).SaveAsync(Administrator(scope), FacilitySettings.Default with { Network = new NetworkSettings { AcseTimeoutSeconds = 90 } }, 0);

        Assert.IsType<ConflictError>(second.Error);
        Assert.Equal(60, (await Queries(database).GetAsync(scope)).Settings.Network.AcseTimeoutSeconds);
    }

    [DatabaseTheory]
    public async Task Save_ByAManager_ChangesAllButWhatFacilitiesShare(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();
        var manager = User(scope, "manager", FacilityRole.Manager, isAdministrator: false);
        var staff = User(scope, "staff", FacilityRole.Staff, isAdministrator: false);

        var reserved = await Commands(database).SaveAsync(manager, FacilitySettings.Default with { Network = new NetworkSettings { MaxAssociations = 100 } }, 0);
        var allowed = await Commands(database).SaveAsync(manager, FacilitySettings.Default with { Network = new NetworkSettings { AcseTimeoutSeconds = 60 } }, 0);
        var forbidden = await Commands(database).SaveAsync(staff, FacilitySettings.Default, 1);

        Assert.Equal("Network.MaxAssociations", Assert.IsType<ForbiddenError>(reserved.Error).Field);
        Assert.True(allowed.IsSuccess);
        Assert.IsType<ForbiddenError>(forbidden.Error);
    }

    [DatabaseTheory]
    public async Task Undo_AfterAnotherValueChanged_TakesBackItsOwnAlone(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var administrator = Administrator(await database.AddFacilityAsync());
        await ChangeAsync(database, administrator, settings => settings with { Network = settings.Network with { MaxAssociations = 20, AcseTimeoutSeconds = 60 } });
        var change = Assert.Single(await Queries(database).HistoryAsync(administrator));
        await ChangeAsync(database, administrator, settings => settings with { Network = settings.Network with { DimseTimeoutSeconds = 90 } });

        var undone = await Undo(database).UndoAsync(administrator, change.Id);

        Assert.True(undone.IsSuccess, undone.ToString());
        var (settings, version) = await Queries(database).GetAsync(administrator);
        Assert.Equal((3, 10, 30, 90), (version, settings.Network.MaxAssociations, settings.Network.AcseTimeoutSeconds, settings.Network.DimseTimeoutSeconds));
        var newest = (await Queries(database).HistoryAsync(administrator))[0];
        Assert.Equal((SettingsChangeCause.Undo, change.Id), (newest.Cause, newest.UndoneChangeId));
    }

    [DatabaseTheory]
    public async Task Undo_OfAValueThatWasChangedAgain_IsRefusedByName(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var administrator = Administrator(await database.AddFacilityAsync());
        await ChangeAsync(database, administrator, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });
        var change = Assert.Single(await Queries(database).HistoryAsync(administrator));
        await ChangeAsync(database, administrator, settings => settings with { Network = settings.Network with { MaxAssociations = 30 } });

        var undone = await Undo(database).UndoAsync(administrator, change.Id);

        Assert.StartsWith("Maximum associations has been changed again", Assert.IsType<ConflictError>(undone.Error).Message, StringComparison.Ordinal);
        Assert.Equal(30, (await Queries(database).GetAsync(administrator)).Settings.Network.MaxAssociations);
    }

    [DatabaseTheory]
    public async Task Undo_OfNameTitlePortAndStorage_TakesThemBack(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var administrator = Administrator(await database.AddFacilityAsync());
        var facilities = database.Services.GetRequiredService<FacilityQueries>();
        var before = (await facilities.GetAsync(administrator)).Value;
        var actor = AdministratorScope.ForUser(Guid.NewGuid(), "admin");
        Assert.True((await database.Services.GetRequiredService<FacilityCommands>().UpdateAsync(actor, before.Id, new FacilityDraft("Renamed", "UNDONE"), before.Version)).IsSuccess);
        var storage = database.Services.GetRequiredService<StorageSettingsCommands>();
        Assert.True((await storage.SaveAsync(administrator, new StorageSettingsDraft { Layout = StorageLayout.Date, TrashDays = 7 }, 0, default)).IsSuccess);
        var history = await Queries(database).HistoryAsync(administrator);
        Assert.Equal(["Storage.Layout: Series → Date; Storage.TrashDays: 30 → 7", $"Facility.Name: {before.Name} → Renamed; Facility.AETitle: {before.AETitle} → UNDONE"], history.Select(row => row.Summary));

        foreach (var change in history)
        {
            var undone = await Undo(database).UndoAsync(administrator, change.Id);
            Assert.True(undone.IsSuccess, undone.ToString());
        }

        var after = (await facilities.GetAsync(administrator)).Value;
        Assert.Equal((before.Name, before.AETitle, before.Port), (after.Name, after.AETitle, after.Port));
        Assert.Equal(new StorageSettingsDraft(), StorageSettingsDraft.Of(await database.Services.GetRequiredService<StorageSettingsQueries>().GetAsync(administrator, default)));
    }

    [DatabaseTheory]
    public async Task Undo_OfAnotherFacilitysChange_IsNotFound(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        FacilityScope mine = Administrator(await database.AddFacilityAsync()), theirs = Administrator(await database.AddFacilityAsync());
        await ChangeAsync(database, theirs, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });
        var change = Assert.Single(await Queries(database).HistoryAsync(theirs));

        Assert.IsType<NotFoundError>((await Undo(database).UndoAsync(mine, change.Id)).Error);
    }

    [DatabaseTheory]
    public async Task Copy_ByWhoManagesBoth_TakesTheChosenSections(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        FacilityScope from = Administrator(await database.AddFacilityAsync()), to = Administrator(await database.AddFacilityAsync());
        await ChangeAsync(database, from, settings => settings with
        {
            Network = settings.Network with { MaxAssociations = 20, AcseTimeoutSeconds = 60 },
            Access = settings.Access with { UnknownDevices = UnknownDevices.Quarantine },
            Logging = settings.Logging with { KeepDays = 7 },
        });
        await database.Services.GetRequiredService<StorageSettingsCommands>().SaveAsync(from, new StorageSettingsDraft { Layout = StorageLayout.Flat }, 0, default);
        var asManager = User(to, "manager", FacilityRole.Manager, isAdministrator: false);
        var copying = database.Services.GetRequiredService<SettingsCopying>();

        var copied = await copying.CopyAsync(User(from, "manager", FacilityRole.Manager, isAdministrator: false), asManager, ["Network", "Access", "Storage"]);

        Assert.True(copied.IsSuccess, copied.ToString());
        var (settings, _) = await Queries(database).GetAsync(to);
        Assert.Equal((10, 60, UnknownDevices.Quarantine, null), (settings.Network.MaxAssociations, settings.Network.AcseTimeoutSeconds, settings.Access.UnknownDevices, settings.Logging.KeepDays));
        Assert.Equal(StorageLayout.Flat, (await database.Services.GetRequiredService<StorageSettingsQueries>().GetAsync(to, default)).Layout);
        Assert.All(await Queries(database).HistoryAsync(to), change => Assert.Equal(SettingsChangeCause.Copy, change.Cause));
        Assert.IsType<ForbiddenError>((await copying.CopyAsync(User(from, "staff", FacilityRole.Staff, isAdministrator: false), to, ["Network"])).Error);
        Assert.IsType<InvalidError>((await copying.CopyAsync(from, from, ["Network"])).Error);
        Assert.IsType<InvalidError>((await copying.CopyAsync(from, to, ["Weather"])).Error);
    }

    [DatabaseTheory]
    public async Task SaveDefaults_NewFacilitiesBeginWithThem_OthersKeepTheirs(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var older = await database.AddFacilityAsync();
        var actor = AdministratorScope.ForUser(Guid.NewGuid(), "admin");
        var defaults = await Queries(database).GetDefaultsAsync(actor);
        var wanted = FacilitySettings.Default with { Logging = new LoggingSettings { KeepDays = 30 } };
        try
        {
            defaults = (await Commands(database).SaveDefaultsAsync(actor, wanted, defaults.Version)).Value;

            var created = (await database.Services.GetRequiredService<FacilityCommands>().CreateAsync(actor, new FacilityDraft("Newcomer"))).Value;

            Assert.Equal(30, (await Queries(database).GetAsync(FacilityScope.ForJob(created.Id, "test"))).Settings.Logging.KeepDays);
            Assert.Null((await Queries(database).GetAsync(older)).Settings.Logging.KeepDays);
            Assert.IsType<ConflictError>((await Commands(database).SaveDefaultsAsync(actor, FacilitySettings.Default, defaults.Version + 1)).Error);
        }
        finally
        {
            await Commands(database).SaveDefaultsAsync(actor, FacilitySettings.Default, defaults.Version);
        }
    }

    private static FacilityScope Administrator(FacilityScope scope) => User(scope, "admin", null, isAdministrator: true);

    private static FacilityScope User(FacilityScope scope, string name, FacilityRole? role, bool isAdministrator) =>
        FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), name, role, isAdministrator);

    private static async Task ChangeAsync(TestDatabase database, FacilityScope scope, Func<FacilitySettings, FacilitySettings> change)
    {
        var changed = await Commands(database).ChangeAsync(scope, change);
        Assert.True(changed.IsSuccess, changed.ToString());
    }

    private static FacilitySettingsQueries Queries(TestDatabase database) => database.Services.GetRequiredService<FacilitySettingsQueries>();

    private static FacilitySettingsCommands Commands(TestDatabase database) => database.Services.GetRequiredService<FacilitySettingsCommands>();

    private static SettingsUndo Undo(TestDatabase database) => database.Services.GetRequiredService<SettingsUndo>();
}
