using System.Net;
using System.Net.Sockets;

namespace Noctis.Archive.Facilities;

/// <summary>Asks the system, by trying, whether a port can be bound on this machine now.</summary>
internal static class PortProbe
{
    /// <summary>Why the port cannot be bound; null when it can.</summary>
    public static string? Fault(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Port {port} is in use by another program on this machine. Choose another port, or stop that program.",
                SocketError.AccessDenied =>
                    $"Port {port} may not be used by Noctis: the system reserves ports below 1024. Choose a higher one.",
                SocketError.AddressNotAvailable =>
                    $"The address {address} is not one of this machine, so no port can be opened on it. Correct Dicom:BindAddress.",
                _ => $"Port {port} cannot be opened: {exception.Message}",
            };
        }
    }
}
