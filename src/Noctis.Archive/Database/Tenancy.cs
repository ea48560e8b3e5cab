namespace Noctis.Archive.Database;

/// <summary>Which rows of <see cref="ITenantOwned"/> entities a context may touch: one facility's, all, or none.</summary>
internal sealed class Tenancy
{
    private readonly Guid? _facilityId;

    private Tenancy(Guid? facilityId, bool isAcrossFacilities)
    {
        _facilityId = facilityId;
        IsAcrossFacilities = isAcrossFacilities;
    }

    /// <summary>No facility in hand, as for accounts: touching a tenant's rows throws.</summary>
    public static Tenancy None { get; } = new(null, false);

    public static Tenancy AcrossFacilities { get; } = new(null, true);

    public bool IsAcrossFacilities { get; }

    /// <exception cref="TenancyException">No facility in hand.</exception>
    public Guid FacilityId => _facilityId ?? throw new TenancyException(
        "This context has no facility in hand. Make it with INoctisDbContextFactory.CreateFor(FacilityScope).");

    public static Tenancy Of(FacilityScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new Tenancy(scope.FacilityId, false);
    }
}
