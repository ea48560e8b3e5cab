using Microsoft.AspNetCore.Components;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Studies;

/// <summary>One object: what it is, how it came, and all that its header says. Pixel data is not read.</summary>
public sealed partial class InstanceDetailsPage(StudyQueries queries) : ComponentBase, IDisposable
{
    /// <summary>A header is shown to people: what is larger than this is no header one reads, and must not fill the server.</summary>
    private static readonly DicomReadOptions HeaderOptions = new()
    {
        StopBeforePixelData = true,
        MaxElementCount = 100_000,
        MaxHeldBytes = 32 * 1024 * 1024,
        MaxInflatedBytes = 32 * 1024 * 1024,
    };

    private readonly CancellationTokenSource _closed = new();
    private Study? _study;
    private Instance? _instance;
    private IReadOnlyList<TagNode> _nodes = [];
    private string _wanted = "";
    private string? _unreadable;
    private bool _isLoaded;
    private (Guid Facility, long Instance) _shown;

    [Parameter]
    public Guid FacilityId { get; set; }

    [Parameter]
    public long StudyId { get; set; }

    [Parameter]
    public long InstanceId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    private IReadOnlyList<TagNode> Shown
    {
        get
        {
            var wanted = _wanted.Trim();
            return wanted.Length == 0 ? _nodes : [.. _nodes.Select(node => node.Matching(wanted)).OfType<TagNode>()];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (FacilityId, InstanceId))
            return;
        _shown = (FacilityId, InstanceId);
        (_study, _instance, _nodes, _unreadable, _isLoaded) = (null, null, [], null, false);
        await LoadAsync();
        _isLoaded = true;
    }

    private async Task LoadAsync()
    {
        var study = await queries.GetStudyAsync(Facility.Scope, StudyId, _closed.Token);
        var opened = await queries.GetInstanceFileAsync(Facility.Scope, InstanceId, _closed.Token);
        await using var file = opened.IsSuccess ? opened.Value : null;
        var instance = file?.Instance;
        if (opened.Error is FileUnavailableError unavailable)
        {
            _unreadable = unavailable.Message;
            instance = (await queries.GetInstanceAsync(Facility.Scope, InstanceId, _closed.Token)).TryGetValue(out var row) ? row : null;
        }

        // The address says which study the image is in; one that lies is not found.
        var series = await queries.ListSeriesAsync(Facility.Scope, StudyId, _closed.Token);
        if (instance is null || !study.TryGetValue(out _study) || series.All(one => one.Id != instance.SeriesId))
            return;
        _instance = instance;
        if (file is not null)
            await ReadHeaderAsync(file);
    }

    private async Task ReadHeaderAsync(InstanceFile file)
    {
        try
        {
            var header = await DicomFile.OpenAsync(file.Content, HeaderOptions, _closed.Token);
            _nodes = [.. TagNode.Of(header.FileMeta), .. TagNode.Of(header.Dataset)];
        }
        catch (DicomDataException exception)
        {
            _unreadable = exception.Message;
        }
        catch (IOException)
        {
            _unreadable = new FileUnavailableError().Message;
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
