using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Dicom.Dimse;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>One row of the journal with all that is known of it, at an address that can be sent to somebody.</summary>
public sealed partial class ActivityEntryPage(ActivityQueries queries, DeviceQueries devices)
{
    private const int PageSize = 50;

    /// <summary>Some programs propose a hundred and more in every association: as many are shown when asked for.</summary>
    private const int MostContexts = 12;

    private JournalEntry? _entry;
    private AssociationDetails? _details;
    private JournalEntry? _association;
    private Device? _device;
    private IReadOnlyList<JournalEntry> _operations = [];
    private string? _later;
    private Error? _error;

    [Parameter]
    public Guid FacilityId { get; set; }

    [Parameter]
    public long EntryId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>Only operations after this one.</summary>
    [SupplyParameterFromQuery(Name = ActivityListState.AfterKey)]
    public long? After { get; set; }

    private string Title => $"{JournalWords.NameOf(_entry!.Kind)} of {JournalWords.Caller(_entry)}";

    private ActivityListState CallerState => _entry!.CallingAETitle.Length > 0
        ? new ActivityListState { Title = _entry.CallingAETitle }
        : new ActivityListState { Address = _entry.RemoteAddress };

    protected override async Task OnParametersSetAsync()
    {
        var found = await queries.GetAsync(Facility.Scope, EntryId);
        _error = found.Error;
        if (!found.TryGetValue(out var entry))
        {
            _entry = null;
            return;
        }

        _device = entry.DeviceId is { } id && (await devices.GetAsync(Facility.Scope, id)).TryGetValue(out var device) ? device : null;
        if (entry.Kind == JournalKind.Association)
        {
            // One more than is shown tells whether there are later ones.
            var operations = await queries.ListOperationsAsync(Facility.Scope, entry, After, PageSize + 1);
            _operations = [.. operations.Take(PageSize)];
            _later = operations.Count > PageSize ? $"{HrefOf(entry)}?{ActivityListState.AfterKey}={Number(_operations[^1].Id)}" : null;
            _association = null;
        }
        else
        {
            _association = await queries.FindAssociationAsync(Facility.Scope, entry);
            (_operations, _later) = ([], null);
        }

        _details = AssociationDetails.FromJson(entry.Details ?? _association?.Details);
        _entry = entry;
    }

    private string HrefOf(JournalEntry entry) => Facility.Href($"activity/{Number(entry.Id)}");

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string? Filled(string text) => text.Length > 0 ? text : null;

    /// <summary>"success", "warning", "failure"</summary>
    private static string DicomStatusText(int status) => new DicomStatus((ushort)status).Category.ToString().ToLowerInvariant();
}
