using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noctis.Archive.Journal;

/// <summary>What was negotiated in an association, or asked for by one that was refused. Kept as JSON in the association's row.</summary>
public sealed record AssociationDetails
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>In the order they were proposed.</summary>
    public IReadOnlyList<NegotiatedContext> Contexts { get; init; } = [];

    /// <summary>Contexts that were proposed beyond those listed.</summary>
    public int MoreContexts { get; init; }

    /// <summary>The peer's program, as it calls itself (PS3.7 D.3.3.2).</summary>
    public string? ImplementationClassUID { get; init; }

    public string? ImplementationVersionName { get; init; }

    /// <summary>The longest PDU that the peer takes; 0 is any.</summary>
    public int MaxPduLength { get; init; }

    /// <summary>As in "TLS 1.3"; null without TLS.</summary>
    public string? TlsVersion { get; init; }

    public string? TlsCipher { get; init; }

    /// <summary>The subject of the certificate that the peer showed; null when it showed none.</summary>
    public string? PeerCertificate { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <returns>Null when there is nothing, or nothing that this version reads.</returns>
    public static AssociationDetails? FromJson(string? json)
    {
        if (json is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<AssociationDetails>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
