using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Portal.Components;
using Noctis.Portal.Retention;

namespace Noctis.Portal.Settings;

/// <summary>What differs between two states of a facility's settings, in the words that the forms use.</summary>
internal static class SettingsWords
{
    private const int MostNetworksSaid = 6;
    private const string Facility = nameof(Facility);

    /// <summary>One change of the history, value by value.</summary>
    public static IReadOnlyList<SettingsLine> Of(SettingsChange change)
    {
        var lines = new List<SettingsLine>();
        if (SettingsDocument.ReadIdentity(change.Before) is { } wasCalled && SettingsDocument.ReadIdentity(change.After) is { } isCalled)
            lines.AddRange(Between(wasCalled, isCalled));
        lines.AddRange(Between(SettingsDocument.Read(change.Before), SettingsDocument.Read(change.After)));
        if (SettingsDocument.ReadStorage(change.Before) is { } wasKept && SettingsDocument.ReadStorage(change.After) is { } isKept)
            lines.AddRange(Between(wasKept, isKept));
        return lines;
    }

    public static IReadOnlyList<SettingsLine> Between(FacilitySettings before, FacilitySettings after) =>
    [
        .. SettingFields.All.Where(field => field.Differs(before, after))
            .Select(field => new SettingsLine(field.Info.Section, field.Info.Title, field.Say(before), field.Say(after))),
        .. Networks(before.Access.AllowedNetworks, after.Access.AllowedNetworks),
        .. Switched(before.Services.Off, after.Services.Off).Select(service => Line(nameof(FacilitySettings.Services), service, before.Services.Offers(service), after.Services.Offers(service))),
        .. SopClasses(before.SopClasses, after.SopClasses),
        .. Switched(before.TransferSyntaxes.Off, after.TransferSyntaxes.Off).Select(uid =>
            Line(nameof(FacilitySettings.TransferSyntaxes), NameOfSyntax(uid), before.TransferSyntaxes.Takes(uid), after.TransferSyntaxes.Takes(uid))),
    ];

    public static IReadOnlyList<SettingsLine> Between(StorageSettingsDraft before, StorageSettingsDraft after)
    {
        var lines = new List<SettingsLine>();
        Add("Folders", draft => StorageChoices.Say(draft.Layout));
        Add("File names begin with", draft => StorageChoices.Say(draft.FileNaming));
        Add("Images that come again", draft => StorageChoices.Say(draft.DuplicatePolicy));
        Add("Quota", draft => draft.QuotaBytes is { } bytes ? SizeText.Of(bytes) : "none");
        Add("Warn from", draft => $"{draft.WarnPercent} %");
        Add("Clean-up", draft => StorageChoices.Say(draft.CleanUp));
        Add("Retention days", draft => draft.RetentionDays is { } days ? SizeText.Count(days) : "not set");
        Add("Days in the trash", draft => SizeText.Count(draft.TrashDays));
        return lines;

        void Add(string title, Func<StorageSettingsDraft, string> say)
        {
            if (say(before) != say(after))
                lines.Add(new SettingsLine(StorageSection, title, say(before), say(after)));
        }
    }

    /// <summary>The name that copying and the history have for the storage settings.</summary>
    public static string StorageSection { get; } = SettingsCopying.Sections[^1];

    public static string NameOfClass(string uid) => DicomUID.StorageSopClasses.FirstOrDefault(known => known.Value == uid)?.Name ?? uid;

    private static string NameOfSyntax(string uid) => DicomTransferSyntax.Lookup(uid)?.Name ?? uid;

    private static IEnumerable<SettingsLine> Between(FacilityIdentity before, FacilityIdentity after)
    {
        if (before.Name != after.Name)
            yield return new SettingsLine(Facility, "Name", before.Name, after.Name);
        if (before.AETitle != after.AETitle)
            yield return new SettingsLine(Facility, "AE title", before.AETitle, after.AETitle);
        if (before.Port != after.Port)
            yield return new SettingsLine(Facility, "Port", $"{before.Port}", $"{after.Port}");
    }

    private static IEnumerable<SettingsLine> Networks(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.ToHashSet().SetEquals(after))
            return [];
        return [new SettingsLine(nameof(FacilitySettings.Access), "Allowed networks", Say(before), Say(after))];

        static string Say(IReadOnlyList<string> networks) => networks.Count switch
        {
            0 => "every address",
            <= MostNetworksSaid => string.Join(", ", networks),
            _ => $"{string.Join(", ", networks.Take(MostNetworksSaid))} and {networks.Count - MostNetworksSaid} more",
        };
    }

    // A group that was switched is one line, whatever was switched singly in it at the same time.
    private static IEnumerable<SettingsLine> SopClasses(SopClassSettings before, SopClassSettings after)
    {
        const string section = nameof(FacilitySettings.SopClasses);
        var groups = Switched(before.OffGroups, after.OffGroups).Order().ToArray();
        foreach (var group in groups)
            yield return new SettingsLine(section, SopClassGroups.NameOf(group), Say(before, group), Say(after, group));
        foreach (var uid in Switched(before.Exceptions, after.Exceptions).Where(uid => !groups.Contains(SopClassGroups.Of(uid))))
            yield return Line(section, NameOfClass(uid), before.Takes(uid), after.Takes(uid));

        static string Say(SopClassSettings settings, SopClassGroup group)
        {
            var exceptions = settings.Exceptions.Count(uid => SopClassGroups.Of(uid) == group);
            return $"{(settings.OffGroups.Contains(group) ? "off" : "on")}{(exceptions == 0 ? "" : $" but for {exceptions}")}";
        }
    }

    private static IEnumerable<T> Switched<T>(IReadOnlyList<T> before, IReadOnlyList<T> after) => before.Except(after).Concat(after.Except(before));

    private static SettingsLine Line(string section, string title, bool was, bool isNow) => new(section, title, was ? "on" : "off", isNow ? "on" : "off");
}
