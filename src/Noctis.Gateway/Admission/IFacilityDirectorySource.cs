namespace Noctis.Gateway.Admission;

internal interface IFacilityDirectorySource
{
    Task<FacilityDirectory> ReadAsync(CancellationToken cancellationToken);
}
