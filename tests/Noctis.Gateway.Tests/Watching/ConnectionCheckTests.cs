using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Gateway.Watching;

namespace Noctis.Gateway.Tests.Watching;

/// <summary>The check's own memory, without a network.</summary>
public sealed class ConnectionCheckTests
{
    private static readonly Guid Facility = Guid.CreateVersion7();
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private readonly ConnectionWatch _watch = new(TimeProvider.System, NullLogger<ConnectionWatch>.Instance);

    [Fact]
    public void Attempts_Flood_KeepsTheNewest()
    {
        using var check = Begin();

        for (var port = 1; port <= ConnectionCheck.MostAttempts + 10; port++)
            _watch.Opened(Facility, Peer(port));

        Assert.Equal(ConnectionCheck.MostAttempts, check.Attempts.Count);
        Assert.Equal($"192.0.2.7:{ConnectionCheck.MostAttempts + 10} > 11113", check.Attempts[0].Connection);
        Assert.Equal("192.0.2.7:11 > 11113", check.Attempts[^1].Connection);
    }

    [Fact]
    public void Attempts_PortOfAnEndedConnectionComesAgain_IsAnotherAttempt()
    {
        using var check = Begin();

        _watch.Opened(Facility, Peer(4000));
        _watch.EndedWithoutAssociation(Facility, Peer(4000), new("", "", IPAddress.Parse("192.0.2.7")), JournalCode.TimedOut, "It said nothing.", row: 1);
        _watch.Opened(Facility, Peer(4000));

        Assert.Equal([null, JournalCode.TimedOut], check.Attempts.Select(attempt => attempt.Trouble?.Code));
    }

    [Fact]
    public void Changed_HandlerThrows_OthersAreToldAll()
    {
        using var broken = Begin();
        using var check = Begin();
        broken.Changed += () => throw new InvalidOperationException("A page's mistake.");

        _watch.Opened(Facility, Peer(4000));

        Assert.Single(check.Attempts);
    }

    [Theory]
    [InlineData(JournalKind.Association, JournalOutcome.Refused, "CT-1", 0, false, ConnectionStep.Association)]
    [InlineData(JournalKind.Association, JournalOutcome.Aborted, "", 0, false, ConnectionStep.Association)]
    [InlineData(JournalKind.Association, JournalOutcome.Aborted, "CT-1", 0, true, ConnectionStep.Echo)]
    [InlineData(JournalKind.Association, JournalOutcome.Aborted, "CT-1", 3, true, ConnectionStep.Image)]
    [InlineData(JournalKind.Association, JournalOutcome.Completed, "CT-1", 3, true, null)]
    [InlineData(JournalKind.Store, JournalOutcome.Refused, "CT-1", 0, true, ConnectionStep.Image)]
    public void Add_Row_TellsHowFarItGot(JournalKind kind, JournalOutcome outcome, string calling, int images, bool isAccepted, ConnectionStep? trouble)
    {
        using var check = Begin();

        check.Add([Row(1, Facility, kind, outcome, calling, images)]);

        var attempt = Assert.Single(check.Attempts);
        Assert.True(attempt.IsFromJournal);
        Assert.Equal(isAccepted, attempt.AcceptedUtc is not null);
        Assert.Equal(images > 0, attempt.StoredUtc is not null);
        Assert.Equal(trouble, attempt.Trouble?.Step);
        Assert.Equal((Noon.AddSeconds(-2), Noon), (attempt.StartedUtc, attempt.EndedUtc));
    }

    [Fact]
    public void Add_OperationsAndTheirAssociation_AreOneAttempt()
    {
        using var check = Begin();
        var echo = Row(11, Facility, JournalKind.Echo, JournalOutcome.Completed, "CT-1", 0, associationId: 10);
        var first = Row(12, Facility, JournalKind.Store, JournalOutcome.Completed, "CT-1", 1, associationId: 10);
        var second = Row(13, Facility, JournalKind.Store, JournalOutcome.Completed, "CT-1", 1, associationId: 10);
        var refused = Row(14, Facility, JournalKind.Store, JournalOutcome.Refused, "CT-1", 0, associationId: 10);
        var whole = Row(15, Facility, JournalKind.Association, JournalOutcome.Completed, "CT-1", 2, associationId: 10);

        check.Add([second, first, echo]);
        var open = Assert.Single(check.Attempts);
        check.Add([refused, second, first, echo]);
        check.Add([whole, refused, second, first, echo, whole]);
        check.Add([whole, refused]);

        Assert.Equal((2, Noon, Noon, null), (open.Images, open.EchoedUtc, open.StoredUtc, open.Trouble));
        var attempt = Assert.Single(check.Attempts);
        Assert.Equal((2, ConnectionStep.Image), (attempt.Images, attempt.Trouble!.Step));
    }

    [Fact]
    public void Add_OtherFacilitysRow_IsNotTaken()
    {
        using var check = Begin();

        check.Add([Row(1, Guid.CreateVersion7(), JournalKind.Association, JournalOutcome.Completed, "CT-1", 1)]);

        Assert.Empty(check.Attempts);
    }

    private ConnectionCheck Begin() => _watch.Begin(FacilityScope.ForJob(Facility, "test"));

    private static AssociationPeer Peer(int port) => new(new IPEndPoint(IPAddress.Parse("192.0.2.7"), port), new IPEndPoint(IPAddress.Loopback, 11113));

    private static JournalEntry Row(long id, Guid facilityId, JournalKind kind, JournalOutcome outcome, string calling, int images, long associationId = 0) => new()
    {
        Id = id,
        FacilityId = facilityId,
        AssociationId = associationId,
        TimeUtc = Noon,
        Kind = kind,
        Outcome = outcome,
        RemoteAddress = "192.0.2.7",
        CallingAETitle = calling,
        CalledAETitle = "CENTRALHOSP1A2B",
        DurationMs = 2000,
        Images = images,
        Reason = "A reason.",
    };
}
