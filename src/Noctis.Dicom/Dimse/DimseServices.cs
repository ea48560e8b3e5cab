using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>The services that an association offers, found by command and SOP class. Immutable and thread safe.</summary>
public sealed class DimseServices
{
    private readonly IDimseService[] _services;

    /// <summary>Offers services; the first that serves a request gets it.</summary>
    /// <param name="services">The services.</param>
    public DimseServices(params IEnumerable<IDimseService> services) => _services = [.. services];

    /// <summary>Nothing at all.</summary>
    public static DimseServices None { get; } = new();

    /// <summary>C-ECHO alone.</summary>
    public static DimseServices Echo { get; } = new(new CEchoService());

    /// <summary>C-ECHO and C-STORE.</summary>
    /// <param name="store">Takes the objects.</param>
    public static DimseServices EchoAndStore(IStoreProvider store) => new(new CEchoService(), new CStoreService(store));

    /// <summary>Nothing is offered.</summary>
    public bool IsEmpty => _services.Length == 0;

    /// <summary>These services, and another after them.</summary>
    /// <param name="service">The other one.</param>
    public DimseServices With(IDimseService service) => new([.. _services, service]);

    /// <summary>
    /// How a proposed abstract syntax (UID) is answered: as the services want it that know it. Where several do, the requestor may be what any of
    /// them lets it be (SCU for C-STORE, SCP for the storage of a C-GET), and what any of them takes as a transfer syntax is taken.
    /// </summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    /// <returns>The policy; null when no service knows it.</returns>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax)
    {
        AbstractSyntaxPolicy? found = null;
        foreach (var service in _services)
        {
            if (service.FindAbstractSyntax(abstractSyntax) is { } policy)
                found = found is null ? policy : found.Or(policy);
        }

        return found;
    }

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
