using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Gateway.Watching;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Connecting;

/// <summary>
/// Waits for a scanner: each step in the moment it happens, and the reason when one fails. What happens on this node is pushed; what
/// another node took, and what was there before the page was opened again, comes from the journal's table, which is looked at every
/// two seconds. When the check began is in the address, so that opening it again tells the same story.
/// </summary>
public sealed partial class ConnectionCheckPage(
    ConnectionWatch watch, JournalQueries journal, FacilitySettingsQueries settings, IOptions<FacilityAddressOptions> options, NavigationManager navigation)
    : LivePage
{
    private const int MostShown = 30;
    private const string StampFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan FollowPause = TimeSpan.FromSeconds(2);

    /// <summary>A bookmark of last week's check does not read last week's journal.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private ConnectionValues _own = default!;
    private ConnectionValues? _shared;
    private ConnectionCheck? _check;
    private bool _isFollowing;
    private DateTime _sinceUtc;
    private IReadOnlyList<ConnectionAttempt> _attempts = [];
    private IReadOnlyList<ConnectionProgress> _progress = ConnectionProgress.Of([]);

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "since")]
    public string? Since { get; set; }

    /// <summary>An AE title or address, where several devices call and one is waited for.</summary>
    [SupplyParameterFromQuery(Name = "only")]
    public string? Only { get; set; }

    private string Title => _progress[^1].Reached is not null ? "Your scanner is connected" : "Waiting for your scanner";

    /// <summary>A stored image after the other must not draw the page for each; nobody sees a tenth of a second.</summary>
    protected override TimeSpan ReloadPause => TimeSpan.FromMilliseconds(100);

    protected override void Follow()
    {
        Until(_check = watch.Begin(Facility.Scope));
        _check.Changed += RequestReload;
        Until(Time.CreateTimer(_ => _ = InvokeAsync(() => GuardAsync(ReadJournalAsync)), null, TimeSpan.Zero, FollowPause));
    }

    protected override async Task OnParametersSetAsync()
    {
        var now = Time.GetUtcNow().UtcDateTime;
        _sinceUtc = Parse(Since) is { } since && since <= now && since >= now - Longest ? since : now;
        Show(TlsMode.Off);
        Show((await settings.GetAsync(Facility.Scope)).Settings.Network.Tls);
        Gather();
        // The circuit alone: what is drawn before it sees nothing.
        if (RendererInfo.IsInteractive && Parse(Since) is null)
            navigation.NavigateTo(Href(Only), replace: true);
    }

    private void Show(TlsMode tls)
    {
        var browser = new Uri(navigation.Uri);
        _own = ConnectionValues.Own(Facility, options.Value, browser, tls);
        _shared = ConnectionValues.Shared(Facility, options.Value, browser);
    }

    private static DateTime? Parse(string? stamp) =>
        DateTime.TryParseExact(stamp, StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private string Href(string? only)
    {
        var since = _sinceUtc.ToString(StampFormat, CultureInfo.InvariantCulture);
        return Facility.Href($"connection/check?since={since}") + (string.IsNullOrEmpty(only) ? "" : $"&only={Uri.EscapeDataString(only)}");
    }

    private void Filter(ChangeEventArgs change) => navigation.NavigateTo(Href(change.Value?.ToString()?.Trim()), replace: true);

    private async Task ReadJournalAsync()
    {
        if (_isFollowing || _check is not { } check)
            return;
        _isFollowing = true;
        try
        {
            // Associations for themselves as well: one that sends a thousand images must not push the others out of sight.
            var rows = await journal.LatestAsync(Facility.Scope, ConnectionCheck.MostAttempts, Closed);
            var associations = await journal.LatestAsync(Facility.Scope, JournalKind.Association, ConnectionCheck.MostAttempts, Closed);
            // To the second: the address holds no more.
            check.Add(rows.Concat(associations).Where(row => row.TimeUtc >= _sinceUtc.AddSeconds(-1)));
        }
        finally
        {
            _isFollowing = false;
        }
    }

    /// <summary>What was heard is in memory: looking at it takes no time.</summary>
    protected override Task LoadAsync()
    {
        Gather();
        return Task.CompletedTask;
    }

    private void Gather()
    {
        var attempts = _check?.Attempts ?? [];
        _attempts = string.IsNullOrEmpty(Only) ? attempts : [.. attempts.Where(attempt =>
            string.Equals(attempt.CallingAETitle, Only, StringComparison.OrdinalIgnoreCase) || attempt.RemoteAddress.StartsWith(Only, StringComparison.OrdinalIgnoreCase))];
        _progress = ConnectionProgress.Of(_attempts);
    }

    private string StateOf(ConnectionProgress progress) => progress switch
    {
        { Reached: not null } => "done",
        { Failed: not null } => "failed",
        { Step: ConnectionStep.Echo } when _progress[^1].Reached is not null => "skipped",
        _ => "waiting",
    };

    private StatusKind KindOf(ConnectionProgress progress) => StateOf(progress) switch
    {
        "done" => StatusKind.Ok,
        "failed" => StatusKind.Bad,
        "skipped" => StatusKind.Idle,
        _ => progress.Step == _progress.FirstOrDefault(other => other.Reached is null)?.Step ? StatusKind.Active : StatusKind.Idle,
    };

    private string Waiting(ConnectionStep step) => step switch
    {
        ConnectionStep.Network => "Press echo, verify or test on the scanner.",
        ConnectionStep.Association => "The scanner says who it is and whom it calls.",
        ConnectionStep.Echo => _progress[^1].Reached is not null ? "None came, and none is needed: an image arrived." : "Press echo, verify or test on the scanner.",
        _ => "Send one image from the scanner.",
    };
}
