using Microsoft.AspNetCore.Components;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Studies;

/// <summary>One study: whose it is, how it came, its series; the series that the address names is open. Grows while images arrive.</summary>
public sealed partial class StudyDetailsPage(StudyQueries queries, StudyEvents events, CompletionWatch completion, TimeProvider time) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Study? _study;
    private IReadOnlyList<Series> _series = [];
    private bool _isLoaded;
    private (Guid Facility, long Study) _shown;
    private IDisposable? _subscription;
    private ITimer? _quiet;

    [Parameter]
    public Guid FacilityId { get; set; }

    [Parameter]
    public long StudyId { get; set; }

    /// <summary>The series whose images are shown.</summary>
    [SupplyParameterFromQuery(Name = "series")]
    public long? Series { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    private DateOnly Today => DateOnly.FromDateTime((Viewer ?? Viewer.Unknown).ToLocal(time.GetUtcNow().UtcDateTime));

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (FacilityId, StudyId))
            return;
        _shown = (FacilityId, StudyId);
        (_study, _series, _isLoaded) = (null, [], false);
        if (RendererInfo.IsInteractive)
        {
            _subscription?.Dispose();
            _subscription = events.Subscribe(Facility.Scope, change => _ = InvokeAsync(() => OnArrivedAsync(change)));
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var study = await queries.GetStudyAsync(Facility.Scope, StudyId, _closed.Token);
        _series = study.IsSuccess ? await queries.ListSeriesAsync(Facility.Scope, StudyId, _closed.Token) : [];
        _study = study.TryGetValue(out var found) ? found : null;
        _isLoaded = true;
        WatchForQuiet();
    }

    private async Task OnArrivedAsync(StudiesChanged change)
    {
        if (change.ChangedStudyIds.Contains(StudyId) || change.NewStudyIds.Contains(StudyId) || change.RemovedStudyIds.Contains(StudyId))
            await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        if (_closed.IsCancellationRequested)
            return;
        await LoadAsync();
        StateHasChanged();
    }

    private void WatchForQuiet()
    {
        if (!RendererInfo.IsInteractive || _study is null || completion.LookIn(_study.CompletedUtc, _study.LastReceivedUtc) is not { } due)
            return;
        _quiet ??= time.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _quiet.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The name in Latin letters, where the heading has it in another script.</summary>
    private string? Romanized => _study?.PatientName is { } name && DicomPersonName.Parse(name) is { Ideographic.IsEmpty: false } parsed
        ? parsed.Alphabetic.ToDisplayString()
        : null;

    private string SeriesHref(Series series) =>
        Facility.Href($"studies/{StudyId}") + (series.Id == Series ? "" : $"?series={series.Id}");

    private static string Name(string? name) => name is null ? "" : DicomPersonName.Parse(name).ToDisplayString();

    private static string Or(string? text) => string.IsNullOrWhiteSpace(text) ? "–" : text;

    private static string Line(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    public void Dispose()
    {
        _closed.Cancel();
        _subscription?.Dispose();
        _quiet?.Dispose();
        _closed.Dispose();
    }
}
