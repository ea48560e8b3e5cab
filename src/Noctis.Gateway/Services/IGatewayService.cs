using Noctis.Dicom.Dimse;

namespace Noctis.Gateway.Services;

/// <summary>
/// A DIMSE service of the front door. Whatever is registered as one among the services is negotiated, served, listed by the settings page
/// and can be switched off for each facility: a new one has nothing else to do.
/// </summary>
internal interface IGatewayService : IDimseService
{
    GatewayService Description { get; }
}
