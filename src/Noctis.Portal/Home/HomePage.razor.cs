using Microsoft.AspNetCore.Components;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;
using Noctis.Portal.Accounts;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;
using Noctis.Portal.Quarantine;
using Noctis.Portal.Retention;
using Noctis.Portal.Storage;
using Noctis.Portal.Studies;

namespace Noctis.Portal.Home;

/// <summary>Whether everything at a facility is alive, at a glance. Figures come by push; the clock moves on by itself.</summary>
public sealed partial class HomePage(
    HomeQueries queries, StudyEvents events, IListenerStatusSource listeners, JournalWriter journal, SelfTester tester, CompletionWatch completion, Intake intake)
    : LivePage
{
    /// <summary>"14 seconds ago" grows older, the chart takes in what came, and another node may have marked a study as complete.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private HomeFigures? _figures;
    private IReadOnlyList<ArrivalPoint> _points = [];
    private IReadOnlySet<long> _fresh = new HashSet<long>();
    private bool _pointsAreOld;
    private bool _isBehind;
    private SignedInUser? _user;
    private CurrentFacility? _shown;

    [Inject]
    private SignedInScopes Scopes { get; set; } = default!;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>Which chart is shown; see <see cref="ArrivalsCard.Month"/>.</summary>
    [SupplyParameterFromQuery(Name = "chart")]
    public string? Chart { get; set; }

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private Viewer View => Viewer ?? Viewer.Unknown;

    private ListenerStatus Listener => listeners.Get(Facility.Id);

    private IReadOnlyList<AttentionItem> Attention
    {
        get
        {
            if (_figures is null)
                return [];
            var (place, concerns) = (AttentionPlace.Of(Facility), _figures.Concerns);
            List<AttentionItem> certificates = [.. CertificateAttention.OfFacility(place, concerns.Tls, concerns.Certificates, Now)];
            return
            [
                .. intake.Find(Facility.Scope.IsAdministrator, _figures.Concerns.CleansUp),
                .. InstallationAttention.Ranked(
                [
                    .. certificates,
                    .. QuotaAttention.OfFacility(place, concerns.Quota, concerns.Forecast),
                    .. FaultAttention.OfFacility(place, _figures.Faults),
                    .. QuarantineAttention.OfFacility(place, _figures.Quarantine),
                    .. FacilityAttention.Find(place, Listener, _figures.Refused, _figures.Journal, _figures.Devices, Now, _figures.DeviceDays, _figures.SelfTests, certificates.Any(item => item.ExplainsListener)),
                ]),
            ];
        }
    }

    private string? Usual => _figures is null ? null : ArrivalSeries.AgainstUsual(_points, _figures.Counts.StudiesToday, View, Now);

    private string Open => Listener.ActiveAssociations == 0 ? "No association open" : $"{SizeText.Count(Listener.ActiveAssociations, "association")} open";

    private string Greeting
    {
        get
        {
            var greeting = Greetings.For(View.ToLocal(Now));
            return _user?.DisplayName.Split(' ', 2)[0] is { Length: > 0 } first && !first.Contains('@', StringComparison.Ordinal) ? $"{greeting}, {first}" : greeting;
        }
    }

    /// <summary>One line that says whether all is well.</summary>
    private string Verdict
    {
        get
        {
            if (_figures is null)
                return "";
            var bad = Attention.Count(item => item.Kind == StatusKind.Bad);
            var state = Facility.State switch
            {
                FacilityState.Suspended => "Suspended: scanners are refused.",
                FacilityState.Archived => "Archived: no more images are taken.",
                _ when intake.FaultOf(_figures.Concerns.CleansUp) is { } fault => fault.Verdict,
                _ when Listener.State == ListenerState.Failed => "Not receiving: the port cannot be opened.",
                _ when Listener.IsFailing => "Most devices cannot send: the certificate has expired.",
                _ when Listener.State != ListenerState.Running => "The listener is starting.",
                _ when _figures.Quota is { IsFull: true, CleanUp: CleanUp.Off } => "Not receiving: the quota is used up.",
                _ when bad > 0 => bad == 1 ? "Receiving, but one thing needs you." : $"Receiving, but {SizeText.Count(bad)} things need you.",
                _ => "Everything is receiving.",
            };
            return _figures.Counts is { LastReceivedUtc: { } last, LastSourceAETitle: var source }
                ? $"{state} Last image {TimeText.Of(last, TimeStyle.Relative, View, Now)}{(string.IsNullOrEmpty(source) ? "" : $" from {source}")}."
                : $"{state} No image has arrived yet.";
        }
    }

    protected override void Follow()
    {
        Until(events.Subscribe(Facility.Scope, OnArrived));
        listeners.Changed += OnListenerChanged;
        Until(() => listeners.Changed -= OnListenerChanged);
        journal.Written += OnJournalWritten;
        Until(() => journal.Written -= OnJournalWritten);
        tester.Tested += OnJournalWritten;
        Until(() => tester.Tested -= OnJournalWritten);
        Every(Tick, TickAsync);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Facility)
            return;
        _shown = Facility;
        _user ??= await Scopes.UserAsync();
        _points = await queries.ReadArrivalsAsync(Facility.Scope, Closed);
        await LoadAsync();
    }

    protected override async Task LoadAsync() =>
        _figures = await queries.ReadAsync(Facility.Scope, View.StartOfDayUtc(Now), Closed);

    private void OnArrived(StudiesChanged change)
    {
        _pointsAreOld |= change.Images > 0;
        RequestReload();
    }

    private void OnListenerChanged(Door door)
    {
        if (door == Door.Of(FacilityId))
            _ = InvokeAsync(StateHasChanged);
    }

    private void OnJournalWritten(IReadOnlySet<Guid> facilities)
    {
        if (facilities.Contains(FacilityId))
            RequestReload();
    }

    // While the database is away the page stays as it was, and says so.
    protected override async Task ReloadAsync()
    {
        try
        {
            await ReadNewsAsync();
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            _isBehind = true;
        }
    }

    private async Task ReadNewsAsync()
    {
        var shown = _figures?.Latest.Select(study => study.Id).ToHashSet() ?? [];
        await LoadAsync();
        _fresh = _figures!.Latest.Select(study => study.Id).Where(id => !shown.Contains(id)).ToHashSet();
        _isBehind = false;
    }

    private async Task TickAsync()
    {
        if (_isBehind || _figures?.Latest.Any(study => completion.IsDue(study.CompletedUtc, study.LastReceivedUtc, Tick)) == true)
            RequestReload();
        if (!_pointsAreOld || _isBehind)
            return;
        _pointsAreOld = false;
        _points = await queries.ReadArrivalsAsync(Facility.Scope, Closed);
    }
}
