namespace Noctis.Portal.Storage;

/// <summary>By what facilities are listed on the storage page. The names stand in the address.</summary>
public enum FacilityOrder
{
    /// <summary>The largest first.</summary>
    Used,

    Name,

    /// <summary>The fullest quota first, then those without one.</summary>
    Quota,

    /// <summary>The fastest first.</summary>
    Growth,

    /// <summary>The fullest trash first.</summary>
    Trash,
}
