namespace Noctis.Portal.Journal;

/// <summary>What can be done about a refusal with one click.</summary>
public enum FixKind
{
    /// <summary>Registers the caller as a device that may call from where it called.</summary>
    RegisterDevice,

    /// <summary>Registers the caller as a device that may call from anywhere.</summary>
    RegisterDeviceAnywhere,

    SwitchDeviceOn,

    /// <summary>The device is expected where it called from now.</summary>
    TakeAddress,

    /// <summary>The device may call from anywhere.</summary>
    TakeAnyAddress,

    /// <summary>The caller's address joins the networks that may call.</summary>
    AllowAddress,

    /// <summary>Upper and lower case of AE titles count alike.</summary>
    IgnoreCase,

    SwitchServiceOn,

    /// <summary>The SOP classes and transfer syntaxes that were asked for, and are off, are switched on.</summary>
    TakeWhatIsProposed,
}
