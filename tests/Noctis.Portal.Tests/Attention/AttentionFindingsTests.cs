using Noctis.Archive.Certificates;
using Noctis.Archive.Facilities;
using Noctis.Archive.Jobs;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Jobs;
using Noctis.Portal.Retention;
using Noctis.Portal.Tests.Jobs;

namespace Noctis.Portal.Tests.Attention;

public sealed class AttentionFindingsTests
{
    private static readonly DateTime Now = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);
    private static readonly AttentionPlace Place = new(Guid.NewGuid(), "North", 11113, FacilityState.Active, MayManage: true, MayAdminister: true);

    [Theory]
    [InlineData(40, TlsMode.On, null)]
    [InlineData(21.5, TlsMode.On, "The TLS certificate ends in 21 days")]
    [InlineData(0.5, TlsMode.On, "The TLS certificate ends within a day")]
    [InlineData(-1, TlsMode.On, "The TLS certificate expired on 3 March 2026")]
    [InlineData(-1, TlsMode.Off, null)]
    public void Certificate_NearItsEnd_IsToldWhereItIsInUse(double days, TlsMode mode, string? title)
    {
        var item = CertificateAttention.OfFacility(Place, mode, [Certificate(CertificateKind.ServerCertificate, days)], Now).SingleOrDefault();

        Assert.Equal(title, item?.Title);
        if (item is null)
            return;
        Assert.Equal(days < 0 ? StatusKind.Bad : StatusKind.Warn, item.Kind);
        Assert.Equal(days < 0, item.ExplainsListener);
        Assert.Equal($"/f/{Place.Id}/settings/tls", item.ActionHref);
        Assert.StartsWith("noctis.example", item.Text, StringComparison.Ordinal);
        Assert.Null(CertificateAttention.OfFacility(Place with { MayManage = false }, mode, [Certificate(CertificateKind.ServerCertificate, days)], Now).Single().ActionHref);
    }

    [Fact]
    public void Authority_Expired_ConcernsThoseWhoAskDevicesForCertificatesAlone()
    {
        var authority = Certificate(CertificateKind.ClientAuthority, -1);

        Assert.Empty(CertificateAttention.OfFacility(Place, TlsMode.On, [authority], Now));
        var item = Assert.Single(CertificateAttention.OfFacility(Place, TlsMode.ClientCertificates, [authority], Now));
        Assert.Equal("The authority noctis.example expired on 3 March 2026", item.Title);
        Assert.False(item.ExplainsListener);
    }

    [Theory]
    [InlineData(ListenerState.Failed, false, StatusKind.Bad, "Port 11113 is not listening")]
    [InlineData(ListenerState.Running, true, StatusKind.Bad, "Port 11113 listens, but devices refuse to connect")]
    [InlineData(ListenerState.Running, false, StatusKind.Warn, "Port 11113 listens, but something is wrong")]
    public void Listener_InTrouble_IsAsBadAsItIs(ListenerState state, bool isFailing, StatusKind kind, string title)
    {
        var status = new ListenerStatus(state, Now) { Reason = "A reason.", Remedy = "A remedy.", IsFailing = isFailing };

        var item = Assert.Single(FacilityAttention.OfListener(Place, status));

        Assert.Equal((kind, title, "A reason. A remedy."), (item.Kind, item.Title, item.Text));
        Assert.Empty(FacilityAttention.OfListener(Place, new ListenerStatus(ListenerState.Running, Now)));
    }

    [Theory]
    [InlineData(500, CleanUp.Off, 5, "The quota of 1 KB will be used up in 5 days", StatusKind.Bad)]
    [InlineData(500, CleanUp.Off, 20, "The quota of 1 KB will be used up in 20 days", StatusKind.Warn)]
    [InlineData(500, CleanUp.Off, 90, null, StatusKind.Ok)]
    [InlineData(500, CleanUp.WhenFull, 5, null, StatusKind.Ok)]
    [InlineData(900, CleanUp.Off, 5, "90 % of the quota of 1 KB is used", StatusKind.Bad)]
    [InlineData(900, CleanUp.Off, null, "90 % of the quota of 1 KB is used", StatusKind.Warn)]
    public void Quota_AtThePresentGrowth_IsToldInTime(long used, CleanUp cleanUp, int? days, string? title, StatusKind kind)
    {
        var standing = new QuotaStanding(Place.Id, Place.Name, used, 1000, 80, cleanUp);

        var item = QuotaAttention.OfFacility(Place, standing, new QuotaForecast(Place.Id, 100, days)).SingleOrDefault();

        Assert.Equal(title, item?.Title);
        Assert.Equal(kind, item?.Kind ?? StatusKind.Ok);
    }

    [Theory]
    [InlineData(50, 3, "The disk will be full in 3 days", StatusKind.Bad)]
    [InlineData(50, 20, "The disk will be full in 20 days", StatusKind.Warn)]
    [InlineData(50, null, null, StatusKind.Ok)]
    [InlineData(90, 3, "The disk is 90 % full", StatusKind.Bad)]
    [InlineData(90, null, "The disk is 90 % full", StatusKind.Warn)]
    [InlineData(96, 400, "The disk is 96 % full", StatusKind.Bad)]
    public void Disk_FullOrSoon_IsToldInTime(int percent, int? days, string? title, StatusKind kind)
    {
        var item = StorageAttention.OfDisk(new DiskSpace("/", 1000, 1000 - (percent * 10)), new DiskForecast(100, days)).SingleOrDefault();

        Assert.Equal(title, item?.Title);
        Assert.Equal(kind, item?.Kind ?? StatusKind.Ok);
    }

    [Fact]
    public void Job_NotRunWhenDue_IsTold()
    {
        var job = FakeWork.Job("every 5 minutes");
        JobRow Row(JobState? state, JobRun? last = null, string schedule = "every 5 minutes") => new(job, JobSchedule.Parse(schedule), last, state);
        var ran = new JobRun { Job = job.Name, StartedUtc = Now.AddHours(-1), FinishedUtc = Now.AddHours(-1), Outcome = JobOutcome.Succeeded };

        var item = Assert.Single(ServerAttention.OfJob(Row(new JobState(Now.AddMinutes(-20), false, false), ran), Now));
        Assert.Equal("Fake job was due 20 minutes ago and has not run", item.Title);
        // No scheduler, here or elsewhere, has run it for an hour.
        Assert.Single(ServerAttention.OfJob(Row(null, ran), Now));

        Assert.Empty(ServerAttention.OfJob(Row(new JobState(Now.AddMinutes(-1), false, false), ran), Now));
        Assert.Empty(ServerAttention.OfJob(Row(new JobState(Now.AddMinutes(-20), IsPaused: true, false), ran), Now));
        Assert.Empty(ServerAttention.OfJob(Row(new JobState(Now.AddMinutes(-20), false, false), new JobRun { Outcome = JobOutcome.Running, StartedUtc = Now.AddHours(-1) }), Now));
        Assert.Empty(ServerAttention.OfJob(Row(null, ran, "off"), Now));
        Assert.Empty(ServerAttention.OfJob(Row(null), Now));
    }

    [Fact]
    public void Ranked_Items_AreTheWorstFirstAndOfThoseTheNewest()
    {
        AttentionItem Item(StatusKind kind, string title, int hoursAgo) => new(kind, title, "") { SinceUtc = Now.AddHours(-hoursAgo) };

        var ranked = InstallationAttention.Ranked([Item(StatusKind.Warn, "new warning", 0), Item(StatusKind.Bad, "old", 9), Item(StatusKind.Bad, "new", 1), new(StatusKind.Bad, "some time", "")]);

        Assert.Equal(["new", "old", "some time", "new warning"], ranked.Select(item => item.Title));
    }

    private static CertificateInfo Certificate(CertificateKind kind, double daysLeft) => new(
        1, Place.Id, kind, CertificateSource.Upload, null, "CN=noctis.example, O=Noctis", "CN=Authority", "AB", Now.AddDays(-300), Now.AddDays(daysLeft), Now, "Anna");
}
