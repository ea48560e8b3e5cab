using System.Text.Json.Nodes;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Settings;

/// <summary>Writes the history of a facility's settings, in the transaction of the change itself.</summary>
public sealed class SettingsHistory(IdGenerator ids, TimeProvider time)
{
    /// <summary>The section of <see cref="Storage.StorageSettings"/> in a change.</summary>
    internal const string StorageSection = "Storage";

    /// <summary>Adds a row of the sections that differ; none where nothing does.</summary>
    /// <returns>What changed, in words.</returns>
    internal string Add(NoctisDbContext database, AuditActor actor, Guid facilityId, JsonObject before, JsonObject after, SettingsOrigin origin = default)
    {
        var differences = SettingDifference.Between(before, after);
        if (differences.Count == 0)
            return "";

        var sections = differences.Select(difference => difference.Section).Distinct().ToArray();
        var summary = string.Join("; ", differences.Select(difference => difference.Text));
        database.Add(new SettingsChange
        {
            Id = ids.Next(),
            FacilityId = facilityId,
            TimeUtc = time.GetUtcNow().UtcDateTime,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name.Length <= SettingsChange.ActorNameLength ? actor.Name : actor.Name[..SettingsChange.ActorNameLength],
            Cause = origin.Cause,
            UndoneChangeId = origin.UndoneChangeId,
            Before = Only(before, sections),
            After = Only(after, sections),
            Summary = summary.Length <= SettingsChange.SummaryLength ? summary : $"{summary[..(SettingsChange.SummaryLength - 1)]}…",
        });
        return summary;
    }

    private static string Only(JsonObject document, string[] sections) =>
        SettingsDocument.Write(new JsonObject(sections.Select(section => KeyValuePair.Create(section, document[section]?.DeepClone()))));
}
