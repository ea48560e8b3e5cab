namespace Noctis.Archive.Facilities;

public enum FacilityState
{
    /// <summary>Its listener runs.</summary>
    Active = 1,

    /// <summary>Its listener stands still; its people work on.</summary>
    Suspended = 2,

    /// <summary>Closed: no listener, data can still be read. Keeps its AE title and port.</summary>
    Archived = 3,

    /// <summary>Being removed with its data; nobody can open it any more. A removal that is cut off is taken up again at the next start.</summary>
    Deleting = 4,
}
