using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Settings;

/// <summary>Settings as they are kept: a JSON object of sections, each an object of values. What a document leaves out has its default.</summary>
public static class SettingsDocument
{
    private static readonly JsonSerializerOptions Format = new()
    {
        // Read by people in the database, and holds host names and AE titles as they were typed.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(FacilitySettings settings) => JsonSerializer.Serialize(settings, Format);

    /// <exception cref="JsonException">Not a document of ours, or one of a later version with values that this one doesn't know.</exception>
    public static FacilitySettings Read(string document)
    {
        var read = JsonSerializer.Deserialize<FacilitySettings>(document, Format);
        if (read is not
            {
                Network: not null, Access: { AllowedNetworks: not null }, Services: { Off: not null }, SopClasses: { OffGroups: not null, Exceptions: not null },
                TransferSyntaxes: { Off: not null }, Logging: not null
            })
        {
            throw new JsonException("A section or a list of the settings is null.");
        }

        return read;
    }

    /// <summary>The storage settings in a document of a change; null where it is about others.</summary>
    public static StorageSettingsDraft? ReadStorage(string document) => Parse(document)[SettingsHistory.StorageSection].Deserialize<StorageSettingsDraft>(Format);

    /// <summary>Name, AE title and port in a document of a change; null where it is about others.</summary>
    public static FacilityIdentity? ReadIdentity(string document) => Parse(document)[FacilityIdentity.Section].Deserialize<FacilityIdentity>(Format);

    internal static JsonObject Of<T>(string section, T values) => new() { [section] = JsonSerializer.SerializeToNode(values, Format) };

    internal static JsonObject Of(FacilitySettings settings) => JsonSerializer.SerializeToNode(settings, Format)!.AsObject();

    internal static FacilitySettings Read(JsonObject document) => Read(document.ToJsonString(Format));

    internal static T Read<T>(JsonObject document, string section) => document[section].Deserialize<T>(Format)
        ?? throw new JsonException($"The document has no section {section}.");

    internal static string Write(JsonObject document) => document.ToJsonString(Format);

    internal static string WriteNode(JsonNode node) => node.ToJsonString(Format);

    internal static JsonObject Parse(string document) => JsonNode.Parse(document)!.AsObject();
}
