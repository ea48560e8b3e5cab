using Noctis.Archive;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Layout;

/// <summary>
/// The facility that the page's address names, opened for whoever is signed in. Cascades to every page under /f/{FacilityId:guid};
/// such a page is only rendered once it has been opened. Null elsewhere.
/// </summary>
/// <remarks>
/// Addresses: /f/{facility id}/{page kind}/…, as in /f/0197…/studies/42. The id, because a facility may change its name and its
/// AE title, and a bookmark must never show another facility's data. Switching keeps the page kind and drops what follows.
/// </remarks>
public sealed record CurrentFacility(FacilityScope Scope, string Name, string AETitle, int Port, FacilityState State)
{
    /// <summary>The name of the route parameter that every page of a facility has: @page "/f/{FacilityId:guid}/…".</summary>
    public const string RouteParameter = "FacilityId";

    public Guid Id => Scope.FacilityId;

    public bool MayManage => Scope.MayManage;

    /// <summary>The address of a page of this facility: "studies", "studies/42", or "" for its home.</summary>
    public string Href(string page = "") => PathOf(Id, page);

    public static string PathOf(Guid facilityId, string page = "") =>
        page.Length == 0 ? $"/f/{facilityId}" : $"/f/{facilityId}/{page}";
}
