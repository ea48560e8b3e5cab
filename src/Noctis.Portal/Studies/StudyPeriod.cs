namespace Noctis.Portal.Studies;

/// <summary>Of which days the studies are.</summary>
public enum StudyPeriod
{
    Any,
    Today,

    /// <summary>Today and the six days before.</summary>
    Week,

    /// <summary>Today and the 29 days before.</summary>
    Month,

    /// <summary>From one day to another, either of which may be open.</summary>
    Range,
}
