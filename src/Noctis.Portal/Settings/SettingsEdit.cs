using System.Globalization;
using System.Text.RegularExpressions;
using Noctis.Archive;
using Noctis.Archive.Settings;
using Noctis.Portal.Components;

namespace Noctis.Portal.Settings;

/// <summary>
/// Settings while somebody changes them: what is kept, what is typed, what is wrong with it and what is another. Knows what was changed
/// value by value, so that a change can be laid over the settings that somebody else saved meanwhile.
/// </summary>
public sealed partial class SettingsEdit
{
    // What stands in the inputs of numbers and addresses, where it is not what the settings say.
    private readonly Dictionary<string, string> _typed = [];

    public SettingsEdit(VersionedSettings stored, bool isAdministrator)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (Stored, Version) = stored;
        Now = Stored;
        IsAdministrator = isAdministrator;
        Networks = [.. Stored.Access.AllowedNetworks];
        Check();
    }

    /// <summary>Something was typed, switched or chosen.</summary>
    public event Action? Changed;

    public FacilitySettings Stored { get; private set; }

    public int Version { get; private set; }

    /// <summary>The settings with what was typed. What cannot be read is not in them.</summary>
    public FacilitySettings Now { get; private set; }

    public bool IsAdministrator { get; }

    /// <summary>The rows of the list of networks, the empty ones among them.</summary>
    public IReadOnlyList<string> Networks { get; private set; }

    /// <summary>What is not kept yet, in words.</summary>
    public IReadOnlyList<SettingsLine> Changes { get; private set; } = [];

    public int ChangeCount => Changes.Count + Unreadable.Count();

    internal FieldErrors Errors { get; private set; } = FieldErrors.None;

    private IEnumerable<string> Unreadable => _typed.Keys.Where(key => SettingFields.All.Any(setting => setting.Key == key && !setting.Differs(Stored, Now) && Errors.Of(key) is not null));

    /// <summary>Whether somebody without the administrators' role is to see it and no more.</summary>
    public bool IsReserved(SettingField field) => field.Info.IsForAdministrators && !IsAdministrator;

    public bool IsChanged(SettingField field) => field.Differs(Stored, Now) || (_typed.ContainsKey(field.Key) && Errors.Of(field.Key) is not null);

    public bool DiffersFromDefault(SettingField field) => field.Differs(Now, FacilitySettings.Default) || Errors.Of(field.Key) is not null;

    /// <summary>What stands in the input of a number or an address.</summary>
    public string TextOf(SettingField field) => _typed.GetValueOrDefault(field.Key) ?? field switch
    {
        SettingField<int> number => number.Get(Now).ToString(CultureInfo.InvariantCulture),
        SettingField<int?> number => number.Get(Now)?.ToString(CultureInfo.InvariantCulture) ?? "",
        SettingField<string?> text => text.Get(Now) ?? "",
        _ => "",
    };

    public void Type(SettingField field, string text)
    {
        _typed[field.Key] = text;
        var trimmed = text.Trim();
        Now = field switch
        {
            SettingField<int> number when Read(trimmed) is { } value => number.Set(Now, value),
            SettingField<int?> number when trimmed.Length == 0 || Read(trimmed) is not null => number.Set(Now, Read(trimmed)),
            SettingField<string?> address => address.Set(Now, trimmed.Length == 0 ? null : trimmed),
            _ => field.Take(Stored, Now),
        };
        Check();
        Changed?.Invoke();
    }

    public void Set(FacilitySettings settings)
    {
        Now = settings;
        Check();
        Changed?.Invoke();
    }

    public void SetNetworks(IReadOnlyList<string> rows)
    {
        Networks = rows;
        // As they will be kept where that is possible, so that a network typed another way is no change.
        var networks = rows.Where(row => row.Trim().Length > 0).Select(row => FacilitySettingsRules.NormalizeNetwork(row) ?? row.Trim());
        Set(Now with { Access = Now.Access with { AllowedNetworks = [.. networks] } });
    }

    public void Reset(SettingField field)
    {
        _typed.Remove(field.Key);
        Set(field.Take(FacilitySettings.Default, Now));
    }

    /// <summary>What was changed here, over settings that somebody else has saved.</summary>
    public SettingsEdit Over(VersionedSettings theirs)
    {
        var merged = theirs.Settings;
        foreach (var field in SettingFields.All.Where(field => field.Differs(Stored, Now) && !IsReserved(field)))
            merged = field.Take(Now, merged);
        merged = merged with
        {
            Access = merged.Access with { AllowedNetworks = Merge(Stored.Access.AllowedNetworks, Now.Access.AllowedNetworks, merged.Access.AllowedNetworks) },
            Services = new ServiceSettings { Off = Merge(Stored.Services.Off, Now.Services.Off, merged.Services.Off) },
            SopClasses = new SopClassSettings
            {
                OffGroups = Merge(Stored.SopClasses.OffGroups, Now.SopClasses.OffGroups, merged.SopClasses.OffGroups),
                Exceptions = Merge(Stored.SopClasses.Exceptions, Now.SopClasses.Exceptions, merged.SopClasses.Exceptions),
            },
            TransferSyntaxes = new TransferSyntaxSettings { Off = Merge(Stored.TransferSyntaxes.Off, Now.TransferSyntaxes.Off, merged.TransferSyntaxes.Off) },
        };
        var edit = new SettingsEdit(theirs, IsAdministrator) { Changed = Changed, Networks = [.. merged.Access.AllowedNetworks] };
        foreach (var key in Unreadable)
            edit._typed[key] = _typed[key];
        edit.Now = merged;
        edit.Check();
        return edit;
    }

    internal void Refuse(Error error) => Errors = new FieldErrors(error);

    private static IReadOnlyList<T> Merge<T>(IReadOnlyList<T> stored, IReadOnlyList<T> mine, IReadOnlyList<T> theirs) =>
        [.. theirs.Except(stored.Except(mine)).Union(mine.Except(stored))];

    private void Check()
    {
        var errors = new List<Error>();
        foreach (var field in SettingFields.All)
        {
            if (_typed.TryGetValue(field.Key, out var text) && text.Trim() is var trimmed && Read(trimmed) is null
                && (field is SettingField<int> || (field is SettingField<int?> && trimmed.Length > 0)))
            {
                var empty = field is SettingField<int?> ? ", or leave it empty for the server's" : "";
                errors.Add(InvalidError.For(field.Key, $"Type a whole number of {field.Info.Unit}, such as {Example(field)}{empty}."));
            }
        }

        errors.AddRange(FacilitySettingsRules.Validate(Now));
        Errors = new FieldErrors(errors);
        Changes = SettingsWords.Between(Stored, Now);
    }

    private static string Example(SettingField field) => field is SettingField<int> number ? number.Get(FacilitySettings.Default).ToString(CultureInfo.InvariantCulture) : "90";

    // Thousands may be typed as the page writes them; "1,5" is not such a number.
    private static int? Read(string text) =>
        int.TryParse(Thousands().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex("^[0-9]{1,3}(,[0-9]{3})+$")]
    private static partial Regex Thousands();
}
