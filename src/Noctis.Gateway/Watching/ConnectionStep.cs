namespace Noctis.Gateway.Watching;

/// <summary>How far a device gets when it is connected for the first time, in this order; the echo may be left out.</summary>
public enum ConnectionStep
{
    /// <summary>Its connection arrived: cable, address, port and firewalls are right.</summary>
    Network,

    /// <summary>Its association was accepted: both AE titles are right, and there is something that both sides can do.</summary>
    Association,

    /// <summary>Its C-ECHO was answered with success.</summary>
    Echo,

    /// <summary>An object of it is stored.</summary>
    Image,
}
