using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Gateway.Telemetry;
using Noctis.Portal.Jobs;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Noctis.Portal.Monitoring;

/// <summary>
/// Figures for Prometheus at /metrics, always; figures and traces by OTLP to wherever OpenTelemetry:Endpoint, or the standard variable
/// OTEL_EXPORTER_OTLP_ENDPOINT, says. The other variables of OpenTelemetry hold as well.
/// </summary>
internal static class TelemetryServices
{
    private const string EndpointKey = "OpenTelemetry:Endpoint";

    /// <summary>A series for each facility: above the library's 2,000, all of which it takes memory for at once, some hundred bytes each.</summary>
    private const int FacilitySeries = 4_000;

    /// <summary>A series for each facility and, say, each code that it has seen.</summary>
    private const int CombinedSeries = 20_000;

    public static void AddNoctisTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("noctis", serviceVersion: StatusQueries.Version, serviceInstanceId: ServerNode.Machine)
                // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(GatewayMetrics.MeterName, IngestMetrics.MeterName, JobMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                    .AddView(instrument => instrument.Meter.Name == GatewayMetrics.MeterName
                        ? new MetricStreamConfiguration { CardinalityLimit = GatewayMetrics.IsCombined(instrument.Name) ? CombinedSeries : FacilitySeries } : null)
                    .AddPrometheusExporter();
                if (IsExported(configuration, "METRICS"))
                    metrics.AddOtlpExporter(exporter => Configure(exporter, configuration, "v1/metrics"));
            });
        if (IsExported(configuration, "TRACES"))
        {
            telemetry.WithTracing(traces => traces.AddSource(GatewayTraces.SourceName)
                .AddOtlpExporter(exporter => Configure(exporter, configuration, "v1/traces")));
        }
    }

    internal static bool IsExported(IConfiguration configuration, string signal) =>
        ((string[])[EndpointKey, "OTEL_EXPORTER_OTLP_ENDPOINT", $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]).Any(key => !string.IsNullOrWhiteSpace(configuration[key]));

    /// <summary>What our own section says goes before the variables, which the exporter has read by itself.</summary>
    internal static void Configure(OtlpExporterOptions exporter, IConfiguration configuration, string path)
    {
        if (configuration["OpenTelemetry:Protocol"] is { Length: > 0 } protocol)
            exporter.Protocol = protocol.Equals("http/protobuf", StringComparison.OrdinalIgnoreCase) ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        if (configuration["OpenTelemetry:Headers"] is { Length: > 0 } headers)
            exporter.Headers = headers;
        if (configuration[EndpointKey] is { Length: > 0 } endpoint)
        {
            // An endpoint that is given in code is taken as it is; over HTTP each signal has a path of its own below it.
            exporter.Endpoint = exporter.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(new Uri(endpoint.TrimEnd('/') + "/"), path) : new Uri(endpoint);
        }
    }
}
