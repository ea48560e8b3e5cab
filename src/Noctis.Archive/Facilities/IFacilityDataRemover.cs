namespace Noctis.Archive.Facilities;

/// <summary>Removes what a facility keeps outside the database. Every implementation among the services is called when a facility is deleted.</summary>
public interface IFacilityDataRemover
{
    /// <summary>Called when the facility's rows are gone, and again after a crash or a failure: what is missing already is no error.</summary>
    Task RemoveAsync(FacilityScope scope, CancellationToken cancellationToken);
}
