using System.Net;
using System.Net.Sockets;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

public sealed class PortOwnerTests
{
    [LinuxTheory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Find_PortOfThisProcess_IsOurselves(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.Equal(PortOwner.Ourselves, PortOwner.Find(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [LinuxTheory]
    [InlineData(1)]
    public void Find_PortOfNobody_IsUnknown(int port) => Assert.Null(PortOwner.Find(port));
}
