using Microsoft.AspNetCore.Components;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;

namespace Noctis.Portal.Settings;

/// <summary>Which kinds of objects are taken: groups as switches, each opening to its classes. The search is in the address.</summary>
public sealed partial class SopClassesForm(NavigationManager navigation)
{
    private readonly HashSet<SopClassGroup> _open = [];
    private string _text = "";
    private string _uid = "";
    private string? _uidFault;
    private bool _isRead;

    [CascadingParameter]
    public SettingsEdit Edit { get; set; } = default!;

    /// <summary>What is searched for, from the address.</summary>
    [Parameter]
    public string? Text { get; set; }

    private SopClassSettings Now => Edit.Now.SopClasses;

    private bool IsDefault => Now.OffGroups.Count == 0 && Now.Exceptions.Count == 0;

    private string Summary
    {
        get
        {
            var classes = DicomUID.StorageSopClasses;
            return $"{classes.Count(uid => Now.Takes(uid.Value))} of {classes.Count} on";
        }
    }

    protected override void OnParametersSet()
    {
        if (_isRead)
            return;
        (_isRead, _text) = (true, Text ?? "");
    }

    private void Find(string? text) => _text = text ?? "";

    private void KeepInAddress(string? typed)
    {
        _text = typed ?? "";
        var text = _text.Trim();
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("q", text.Length == 0 ? null : text), replace: true);
    }

    private void Set(SopClassSettings settings) => Edit.Set(Edit.Now with { SopClasses = settings });

    private void Toggle(SopClassGroup group)
    {
        if (!_open.Remove(group))
            _open.Add(group);
    }

    private bool IsSearching => _text.Trim().Length > 0;

    private bool IsOpen(SopClassGroup group) => _open.Contains(group) || (IsSearching && !MatchesGroup(group));

    private bool IsFound(SopClassGroup group) => !IsSearching || MatchesGroup(group) || ClassesOf(group).Any(known => Matches(known.Uid, known.Name));

    private bool Matches(string uid, string name) => !IsSearching || name.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase) || uid.Contains(_text.Trim(), StringComparison.Ordinal);

    private bool MatchesGroup(SopClassGroup group) => !IsSearching || SopClassGroups.NameOf(group).Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase);

    // Those of the standard, and whatever else is an exception: a private class, or one that has been retired.
    private IEnumerable<(string Uid, string Name)> ClassesOf(SopClassGroup group)
    {
        var known = SopClassGroups.ClassesOf(group);
        return known.Select(uid => (uid.Value, uid.Name)).Concat(
            Now.Exceptions.Concat(Edit.Stored.SopClasses.Exceptions).Distinct()
                .Where(uid => SopClassGroups.Of(uid) == group && known.All(listed => listed.Value != uid)).Select(uid => (uid, SettingsWords.NameOfClass(uid))));
    }

    private (int On, int All) CountOf(SopClassGroup group)
    {
        var classes = ClassesOf(group).ToArray();
        return (classes.Count(known => Now.Takes(known.Uid)), classes.Length);
    }

    private bool? StateOf(SopClassGroup group) =>
        Now.Exceptions.Any(uid => SopClassGroups.Of(uid) == group)
            ? CountOf(group) is var (on, all) && group != SopClassGroup.PrivateAndUnknown && (on == 0 || on == all) ? on > 0 : null
            : !Now.OffGroups.Contains(group);

    private string CountText(SopClassGroup group, int on, int all) => group == SopClassGroup.PrivateAndUnknown
        ? $"{on} of {all} on, {(Now.OffGroups.Contains(group) ? "and none that is not listed" : "and all that are not listed")}"
        : $"{on} of {all} on";

    private bool IsChanged(SopClassGroup group) =>
        Now.OffGroups.Contains(group) != Edit.Stored.SopClasses.OffGroups.Contains(group)
        || ClassesOf(group).Any(known => Now.Takes(known.Uid) != Edit.Stored.SopClasses.Takes(known.Uid));

    private void AddByUid()
    {
        var uid = _uid.Trim();
        if (!DicomUID.IsValid(uid))
        {
            _uidFault = "That is no UID: digits in groups parted by dots, at most 64 characters.";
            return;
        }

        if (SopClassGroups.Of(uid) is var group && group != SopClassGroup.PrivateAndUnknown)
        {
            _uidFault = $"That class is in the group \"{SopClassGroups.NameOf(group)}\": switch it there.";
            return;
        }

        (_uid, _uidFault) = ("", null);
        Set(Now.With(uid, Now.OffGroups.Contains(group)));
    }
}
