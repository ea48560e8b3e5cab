namespace Noctis.Archive.Settings;

/// <summary>What happens to a device whose calling AE title is not registered. Kept by name.</summary>
public enum UnknownDevices
{
    /// <summary>Its association is rejected, and its managers are offered to allow it.</summary>
    Refuse,

    /// <summary>What it sends is stored apart, for managers to release or discard.</summary>
    Quarantine,
}
