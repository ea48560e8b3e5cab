namespace Noctis.Portal.Monitoring;

/// <summary>Marks an endpoint that <see cref="MonitoringAccess"/> decides about.</summary>
internal sealed class ForMonitoring;
