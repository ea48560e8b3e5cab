namespace Noctis.Gateway.Listeners;

/// <summary>Where the supervisor has the certificates of the facilities' listeners from.</summary>
internal interface IListenerCertificates
{
    FacilityTls Find(Guid facilityId);

    /// <summary>Reads what changed.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
