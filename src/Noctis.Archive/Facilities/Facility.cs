namespace Noctis.Archive.Facilities;

/// <summary>An imaging site: the tenant. Its id is what <see cref="ITenantOwned.FacilityId"/> of every row it owns holds.</summary>
public sealed class Facility
{
    public const int NameMaxLength = 100;

    public Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>What devices call. Upper case, unique in the installation; see <see cref="AETitleRules"/>.</summary>
    public required string AETitle { get; set; }

    /// <summary>The TCP port of its own listener, unique in the installation.</summary>
    public required int Port { get; set; }

    public FacilityState State { get; set; } = FacilityState.Active;

    public DateTime CreatedUtc { get; init; }

    public DateTime ChangedUtc { get; set; }

    /// <summary>Counts changes; a command that was made from an older version is refused instead of undoing another's work.</summary>
    public int Version { get; set; } = 1;
}
