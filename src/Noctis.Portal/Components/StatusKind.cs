namespace Noctis.Portal.Components;

public enum StatusKind
{
    Ok,
    Warn,
    Bad,
    Idle,

    /// <summary>Something is going on: receiving, running.</summary>
    Active,
}
