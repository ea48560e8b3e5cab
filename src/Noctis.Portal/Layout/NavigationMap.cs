using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Noctis.Portal.Layout;

/// <summary>
/// The entries of the rail, in their order. An entry shows once a page with its address exists, so the rail never holds a dead link:
/// a new page appears in it by being there.
/// </summary>
public sealed class NavigationMap
{
    private const string FacilityPrefix = "/f/{FacilityId:guid}";

    private static readonly NavigationEntry[] All =
    [
        new("", "Home", "home", FacilityPrefix, NavigationAudience.Member),
        new("", "Dashboard", "chart", FacilityPrefix + "/dashboard", NavigationAudience.Member),
        new("", "Studies", "studies", FacilityPrefix + "/studies", NavigationAudience.Member),
        new("", "Upload", "upload", FacilityPrefix + "/upload", NavigationAudience.Member),
        new("Sending", "Connection", "connection", FacilityPrefix + "/connection", NavigationAudience.Member),
        new("Sending", "Devices", "device", FacilityPrefix + "/devices", NavigationAudience.Member),
        new("Sending", "Quarantine", "archive", FacilityPrefix + "/quarantine", NavigationAudience.Manager),
        new("Sending", "Activity", "activity", FacilityPrefix + "/activity", NavigationAudience.Member),
        new("Exchange", "Remote nodes", "nodes", FacilityPrefix + "/nodes", NavigationAudience.Member),
        new("Exchange", "Rules", "rules", FacilityPrefix + "/rules", NavigationAudience.Manager),
        new("Facility", "Storage", "storage", FacilityPrefix + "/storage", NavigationAudience.Member),
        new("Facility", "Trash", "trash", FacilityPrefix + "/trash", NavigationAudience.Manager),
        new("Facility", "Team", "team", FacilityPrefix + "/team", NavigationAudience.Manager),
        new("Facility", "Settings", "settings", FacilityPrefix + "/settings", NavigationAudience.Manager),
        new("Administration", "Overview", "home", "/admin", NavigationAudience.Administrator),
        new("Administration", "Dashboard", "chart", "/admin/dashboard", NavigationAudience.Administrator),
        new("Administration", "Attention", "alert", "/admin/attention", NavigationAudience.Administrator),
        new("Administration", "Facilities", "facility", "/admin/facilities", NavigationAudience.Administrator),
        new("Administration", "Activity", "activity", "/admin/activity", NavigationAudience.Administrator),
        new("Administration", "Inbox", "inbox", "/admin/inbox", NavigationAudience.Administrator),
        new("Administration", "Defaults", "settings", "/admin/defaults", NavigationAudience.Administrator),
        new("Administration", "Users", "user", "/admin/users", NavigationAudience.Administrator),
        new("Administration", "Storage", "storage", "/admin/storage", NavigationAudience.Administrator),
        new("Administration", "Jobs", "jobs", "/admin/jobs", NavigationAudience.Administrator),
        new("Administration", "Audit", "audit", "/admin/audit", NavigationAudience.Administrator),
        new("Administration", "System", "monitor", "/admin/system", NavigationAudience.Administrator),
    ];

    private readonly FrozenSet<string> _pages;

    public NavigationMap()
        : this(typeof(NavigationMap).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template))
    {
    }

    internal NavigationMap(IEnumerable<string> pages) => _pages = pages.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The entries for one person, in a facility or outside of any.</summary>
    public IEnumerable<NavigationLink> For(CurrentFacility? facility, bool isAdministrator) =>
        from entry in All
        where _pages.Contains(entry.Template)
        where entry.Audience switch
        {
            NavigationAudience.Member => facility is not null,
            NavigationAudience.Manager => facility?.MayManage == true,
            _ => isAdministrator,
        }
        select new NavigationLink(entry.Group, entry.Label, entry.Icon, Href(entry, facility));

    /// <summary>Whether facilities have a page of this kind, such as "activity".</summary>
    public bool HasInFacility(string page) => _pages.Contains($"{FacilityPrefix}/{page}");

    /// <summary>The same kind of page in another facility: its home when this kind of page is not one of a facility.</summary>
    public string InFacility(Guid facilityId, string path)
    {
        var parts = path.Trim('/').Split('/');
        var page = parts.Length > 2 && parts[0] == "f" ? parts[2] : "";
        return page.Length > 0 && _pages.Contains($"{FacilityPrefix}/{page}") ? CurrentFacility.PathOf(facilityId, page) : CurrentFacility.PathOf(facilityId);
    }

    private static string Href(NavigationEntry entry, CurrentFacility? facility) =>
        facility is null ? entry.Template : entry.Template.Replace(FacilityPrefix, facility.Href(), StringComparison.Ordinal);

    private sealed record NavigationEntry(string Group, string Label, string Icon, string Template, NavigationAudience Audience);

    private enum NavigationAudience
    {
        Member,
        Manager,
        Administrator,
    }
}
