namespace Noctis.Portal.Settings;

/// <summary>The services that the gateway answers.</summary>
internal sealed class OfferedServices : IOfferedServices
{
    public IReadOnlyList<OfferedService> All { get; } =
    [
        new("C-ECHO", "Verification", "Answers the echo by which an engineer sees that a scanner reaches the facility."),
        new("C-STORE", "Storage", "Takes images and other objects that devices send."),
    ];
}
