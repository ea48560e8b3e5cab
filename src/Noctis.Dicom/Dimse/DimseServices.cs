using Noctis.Dicom.Dimse.Services;

namespace Noctis.Dicom.Dimse;

/// <summary>The services that an association offers, found by command and SOP class. Immutable and thread safe.</summary>
public sealed class DimseServices
{
    private readonly IDimseService[] _services;

    /// <summary>Offers services; the first that serves a request gets it.</summary>
    /// <param name="services">The services.</param>
    public DimseServices(params IEnumerable<IDimseService> services) => _services = [.. services];

    /// <summary>C-ECHO alone.</summary>
    public static DimseServices Echo { get; } = new(new CEchoService());

    /// <summary>C-ECHO and C-STORE.</summary>
    /// <param name="store">Takes the objects.</param>
    public static DimseServices EchoAndStore(IStoreProvider store) => new(new CEchoService(), new CStoreService(store));

    /// <summary>These services, and another after them.</summary>
    /// <param name="service">The other one.</param>
    public DimseServices With(IDimseService service) => new([.. _services, service]);

    /// <summary>The service for a request in a presentation context of the SOP class; null when there is none.</summary>
    internal IDimseService? Find(CommandField command, string abstractSyntax)
    {
        foreach (var service in _services)
        {
            if (service.Serves(command, abstractSyntax))
                return service;
        }

        return null;
    }
}
