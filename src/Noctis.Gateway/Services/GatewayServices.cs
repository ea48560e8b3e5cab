using System.Runtime.CompilerServices;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;

namespace Noctis.Gateway.Services;

/// <summary>Every service of the front door: to be listed, and as a facility's settings offer them. Thread safe.</summary>
public sealed class GatewayServices
{
    private readonly IGatewayService[] _services;

    // Worked out once for settings, which are the same object until they are changed, and gone with them.
    private readonly ConditionalWeakTable<FacilitySettings, DimseServices> _offered = [];

    internal GatewayServices(IEnumerable<IGatewayService> services)
    {
        _services = [.. services];
        Everything = new DimseServices(_services);
        All = [.. _services.Select(service => service.Description)];
    }

    /// <summary>In the order in which they are registered.</summary>
    public IReadOnlyList<GatewayService> All { get; }

    /// <summary>What a listener has before anybody knows whose association it is.</summary>
    internal DimseServices Everything { get; }

    /// <summary>The service that an abstract syntax belongs to, whether or not a facility offers it; null for none.</summary>
    internal GatewayService? Find(string abstractSyntax) => Array.Find(_services, service => service.FindAbstractSyntax(abstractSyntax) is not null)?.Description;

    /// <summary>What is offered under settings, in negotiation and after.</summary>
    internal DimseServices For(FacilitySettings settings) => _offered.GetValue(settings, Offer);

    private DimseServices Offer(FacilitySettings settings) => new(_services
        .Where(service => settings.Services.Offers(service.Description.Key))
        .Select(service => service.Description.TakesObjects ? new ServiceOfObjects(service, settings) : (IDimseService)service));
}
