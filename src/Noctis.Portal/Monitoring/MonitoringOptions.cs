namespace Noctis.Portal.Monitoring;

/// <summary>The configuration section Monitoring: who may read /metrics and /api/status.</summary>
public sealed class MonitoringOptions
{
    public const string Section = "Monitoring";

    /// <summary>A guess has to be hopeless.</summary>
    public const int ShortestToken = 20;

    /// <summary>The bearer token that everybody has to bring; empty: none, and this machine alone may read.</summary>
    public string Token { get; set; } = "";
}
