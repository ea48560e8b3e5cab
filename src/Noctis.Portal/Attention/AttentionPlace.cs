using Noctis.Archive.Facilities;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Attention;

/// <summary>The facility that something is wrong at, and for whom it is told: the same findings are made for its own people and for administrators.</summary>
/// <param name="Id">Of the facility.</param>
/// <param name="Name">Its name.</param>
/// <param name="Port">Its own.</param>
/// <param name="State">Its own state.</param>
/// <param name="MayManage">Told to somebody who may change devices and settings.</param>
/// <param name="MayAdminister">Told to an administrator, for whom every page is open.</param>
public sealed record AttentionPlace(Guid Id, string Name, int Port, FacilityState State, bool MayManage, bool MayAdminister)
{
    public static AttentionPlace Of(CurrentFacility facility)
    {
        ArgumentNullException.ThrowIfNull(facility);
        return new AttentionPlace(facility.Id, facility.Name, facility.Port, facility.State, facility.MayManage, facility.Scope.IsAdministrator);
    }

    /// <summary>For the administrators' list of all facilities.</summary>
    public static AttentionPlace Of(Facility facility)
    {
        ArgumentNullException.ThrowIfNull(facility);
        return new AttentionPlace(facility.Id, facility.Name, facility.Port, facility.State, MayManage: true, MayAdminister: true);
    }

    public string Href(string page = "") => CurrentFacility.PathOf(Id, page);
}
