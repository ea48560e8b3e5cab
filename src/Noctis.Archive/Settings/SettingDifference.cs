using System.Text.Json.Nodes;

namespace Noctis.Archive.Settings;

/// <summary>One setting that a change made another: the section and the value's name, and what it was and became, as JSON.</summary>
public sealed record SettingDifference(string Section, string Name, string? Before, string? After)
{
    /// <summary>In words: "Network.MaxAssociations: 10 → 20".</summary>
    public string Text => $"{Section}.{Name}: {Say(Before)} → {Say(After)}";

    /// <summary>What is another in the second of two documents that hold the same sections.</summary>
    internal static IReadOnlyList<SettingDifference> Between(JsonObject before, JsonObject after) =>
    [
        .. from section in after
           from value in section.Value!.AsObject()
           let was = Write(before[section.Key]?[value.Key])
           let became = Write(value.Value)
           where was != became
           select new SettingDifference(section.Key, value.Key, was, became),
    ];

    internal static string? Write(JsonNode? node) => node is null ? null : SettingsDocument.WriteNode(node);

    private static string Say(string? value) => value switch
    {
        null => "none",
        "true" => "on",
        "false" => "off",
        "[]" => "none",
        _ => value.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal),
    };
}
