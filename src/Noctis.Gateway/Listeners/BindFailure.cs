using System.Net.Sockets;

namespace Noctis.Gateway.Listeners;

/// <summary>Why a port could not be opened, and what an administrator can do.</summary>
internal sealed record BindFailure(string Reason, string Remedy)
{
    public static BindFailure From(Exception exception, Door door, ListenerBinding binding, Func<int, string?> findOwner)
    {
        var elsewhere = door.IsShared
            ? "Choose another port with Dicom:SharedPort (0 turns the shared door off)"
            : "Choose another port on the facility's page";
        return (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new BindFailure(
                findOwner(binding.Port) switch
                {
                    null => $"Port {binding.Port} is taken by another program.",
                    PortOwner.Ourselves => $"Port {binding.Port} is taken by Noctis itself: by its web pages or another listener.",
                    var owner => $"Port {binding.Port} is taken by another program ({owner}).",
                },
                $"{elsewhere} or stop that program."),
            SocketError.AccessDenied => new BindFailure(
                $"The system does not let Noctis open port {binding.Port}.",
                $"{elsewhere}: ports below 1024 need special rights."),
            SocketError.AddressNotAvailable => new BindFailure(
                $"The address {binding.Address} is not one of this machine's.",
                door.IsShared
                    ? "Set Dicom:BindAddress to an address of this machine, or remove it to listen on all."
                    : "Correct the bind address in the facility's settings, or leave it empty for the server's own (Dicom:BindAddress)."),
            SocketError.TooManyOpenSockets => new BindFailure(
                "The system allows Noctis no more open sockets.",
                "Raise the limit of open files for the Noctis service (ulimit -n)."),
            _ => new BindFailure(
                $"Port {binding.Port} could not be opened: {exception.Message}",
                $"{elsewhere}, or see the log of the server."),
        };
    }
}
