namespace Noctis.Gateway.Listeners;

internal interface IListenerFactory
{
    IListenerHandle Create(Door door, ListenerBinding binding, DoorTerms terms);

    /// <returns>The program that holds the port, such as "nginx, process 4711"; null where the system does not tell.</returns>
    string? FindPortOwner(int port);
}
