using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Gateway.Services;

/// <summary>
/// A service that the front door offers: what is negotiated for it, and who serves it. Query, retrieve and commitment join by
/// registering one; listeners offer whatever is registered.
/// </summary>
public interface IGatewayService : IDimseService
{
    /// <summary>How a proposed SOP class (UID) is answered; null when this service does not know it.</summary>
    AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax);
}
