using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>The rules of a facility's values, for forms as they are typed and for the commands.</summary>
public sealed class FacilityValidator(PortProposer ports, IOptions<FacilityAddressOptions> options)
{
    internal static string NormalizeName(string? name) => string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <param name="database">A context across facilities.</param>
    /// <param name="current">The facility as it is, when it is changed: its own AE title and port are no conflict.</param>
    internal async Task<List<Error>> ValidateAsync(NoctisDbContext database, FacilityDraft draft, Facility? current, CancellationToken cancellationToken)
    {
        var errors = new List<Error>();
        Add(nameof(FacilityDraft.Name), NameFault(draft.Name));
        if (draft.AETitle is not null)
            Add(nameof(FacilityDraft.AETitle), AETitleFault(draft.AETitle) ?? await AETitleTakenAsync(database, draft.AETitle, current, cancellationToken));
        if (draft.Port is { } port)
            Add(nameof(FacilityDraft.Port), await PortFaultAsync(database, port, current, cancellationToken));
        return errors;

        void Add(string field, string? fault)
        {
            if (fault is not null)
                errors.Add(InvalidError.For(field, fault));
        }
    }

    private static string? NameFault(string? name)
    {
        if (name is not null && name.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c)))
            return "The name holds a control character. Type it again instead of pasting it.";
        var normalized = NormalizeName(name);
        if (normalized.Length == 0)
            return "A facility needs a name.";
        return normalized.Length > Facility.NameMaxLength
            ? $"A name has at most {Facility.NameMaxLength} characters; this one has {normalized.Length}."
            : null;
    }

    private string? AETitleFault(string aeTitle) =>
        AETitleRules.Fault(aeTitle)
        ?? (AETitleRules.Normalize(aeTitle) == AETitleRules.Normalize(options.Value.ServerAETitle)
            ? $"{AETitleRules.Normalize(aeTitle)} is the AE title of the shared door of all facilities. Choose another one."
            : null);

    private static async Task<string?> AETitleTakenAsync(NoctisDbContext database, string aeTitle, Facility? current, CancellationToken cancellationToken)
    {
        var normalized = AETitleRules.Normalize(aeTitle);
        if (normalized == current?.AETitle || !await database.Facilities.AnyAsync(facility => facility.AETitle == normalized, cancellationToken))
            return null;
        return $"Another facility already has the AE title {normalized}. Change a character.";
    }

    private async Task<string?> PortFaultAsync(NoctisDbContext database, int port, Facility? current, CancellationToken cancellationToken)
    {
        if (port is < 1 or > 65535)
            return $"A port is a number between 1 and 65535; {port} is not.";

        // The facility's own port is bound by its own listener.
        if (port == current?.Port)
            return null;
        if (await database.Facilities.AnyAsync(facility => facility.Port == port, cancellationToken))
            return $"Another facility already has port {port}. Choose another one.";
        return ports.Fault(port);
    }
}
