namespace Noctis.Portal.Settings;

/// <summary>The services that listeners can offer.</summary>
public interface IOfferedServices
{
    IReadOnlyList<OfferedService> All { get; }
}
