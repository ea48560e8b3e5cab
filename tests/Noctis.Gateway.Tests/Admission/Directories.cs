using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Tests.Admission;

/// <summary>Two facilities that share a device title (CT1), and a suspended third.</summary>
internal static class Directories
{
    public static GatewayFacility Central { get; } = new(
        Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Central Hospital", "CENTRALHOSP1A2B", 11113, FacilityState.Active,
        [
            new GatewayDevice(1, "CT1", ExpectedAddress: null, IsActive: true),
            new GatewayDevice(2, "MR1", "10.0.0.7", IsActive: true),
            new GatewayDevice(3, "OLD1", ExpectedAddress: null, IsActive: false),
            new GatewayDevice(9, "DX1", "dx1.central.example", IsActive: true),
        ]);

    public static GatewayFacility North { get; } = new(
        Guid.Parse("00000000-0000-0000-0000-00000000000b"), "North Clinic", "NORTHCLINIC3C4D", 11114, FacilityState.Active,
        [
            new GatewayDevice(4, "US7", ExpectedAddress: null, IsActive: true),
            new GatewayDevice(5, "CT1", ExpectedAddress: null, IsActive: true),
            new GatewayDevice(6, "OLD1", ExpectedAddress: null, IsActive: true),
            // A title that is Central Hospital's own: registering it must not draw Central's images here.
            new GatewayDevice(7, "CENTRALHOSP1A2B", ExpectedAddress: null, IsActive: true),
        ]);

    public static GatewayFacility South { get; } = new(
        Guid.Parse("00000000-0000-0000-0000-00000000000c"), "South Ward", "SOUTHWARD5E6F", 11115, FacilityState.Suspended,
        [new GatewayDevice(8, "XA1", ExpectedAddress: null, IsActive: true)]);

    public static FacilityDirectory All { get; } = new([Central, North, South]);

    public static AssociationCall Call(string calling, string called) => new(calling, called, IPAddress.Parse("10.0.0.9"));
}
