namespace Noctis.Portal.Dashboards;

/// <summary>What facilities are ranked by. The name in small letters stands in the address.</summary>
public enum FacilityRanking
{
    /// <summary>Most images first.</summary>
    Busiest,

    Refusals,

    Errors,

    /// <summary>The slowest first.</summary>
    Slowest,

    /// <summary>Those that should receive, and have not for longest.</summary>
    Silent,

    /// <summary>Listeners that do not listen though they should.</summary>
    Failed,
}
