using System.Net;
using System.Net.Sockets;
using System.Text;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Watching;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Watching;

/// <summary>What somebody sees who waits for a scanner, over real sockets: each step in the moment it happens, and the reason when one fails.</summary>
public sealed class ConnectionWatchTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Check_EchoThenImage_ReachesEveryStepInOrder()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.AddDeviceAsync(facility, new DeviceDraft("CT-1"));
        using var check = Begin(host, facility);

        await Scu.EchoAsync(facility.Port, "CT-1", facility.AETitle);
        var echo = await check.UntilAsync(attempt => attempt.EndedUtc is not null);
        await Scu.StoreAsync(facility.Port, "CT-1", facility.AETitle, new PhantomImage());
        var stored = await check.UntilAsync(attempt => attempt.EndedUtc is not null && attempt.Images == 1);

        Assert.Equal(("127.0.0.1", "CT-1", facility.AETitle, facility.Port), (echo.RemoteAddress, echo.CallingAETitle, echo.CalledAETitle, echo.LocalPort));
        Assert.True(echo.StartedUtc <= echo.AcceptedUtc && echo.AcceptedUtc <= echo.EchoedUtc && echo.EchoedUtc <= echo.EndedUtc, $"{echo}");
        Assert.Null(echo.Trouble);
        Assert.Null(stored.Trouble);
        var steps = ConnectionProgress.Of(check.Attempts);
        Assert.Equal([echo, echo, echo, stored], steps.Select(step => step.Reached));
    }

    [Fact]
    public async Task Check_SocketThatSaysNothing_SeesTheNetworkAtOnceAndTheEndWhenItHangsUp()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using var check = Begin(host, facility);
        using var probe = new TcpClient();

        await probe.ConnectAsync(IPAddress.Loopback, facility.Port);
        var open = await check.UntilAsync(_ => true);
        probe.Close();
        var closed = await check.UntilAsync(attempt => attempt.EndedUtc is not null);

        Assert.Equal((null, null), (open.Trouble, open.AcceptedUtc));
        Assert.Equal((ConnectionStep.Association, JournalCode.None), (closed.Trouble!.Step, closed.Trouble.Code));
        Assert.Contains("without a word", closed.Trouble.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u0005hello")]
    public async Task Check_AnotherProtocol_ShowsTheReasonOfTheRow(string bytes)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using var check = Begin(host, facility);
        using var peer = new TcpClient();

        await peer.ConnectAsync(IPAddress.Loopback, facility.Port);
        await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
        var attempt = await check.UntilAsync(attempt => attempt.EndedUtc is not null);

        var row = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal((ConnectionStep.Association, row.Code, row.Reason), (attempt.Trouble!.Step, attempt.Trouble.Code, attempt.Trouble.Reason));
        var steps = ConnectionProgress.Of(check.Attempts);
        Assert.Equal((true, false), (steps[0].Reached is not null, steps[1].Reached is not null));
        Assert.Equal(attempt, steps[1].Failed);
    }

    [Fact]
    public async Task Check_WrongCalledTitleThenTheRightOne_FailsAndThenIsReached()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using var check = Begin(host, facility);

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(facility.Port, facility.AETitle, "ORTHANC"));
        var refused = await check.UntilAsync(attempt => attempt.EndedUtc is not null);
        var before = ConnectionProgress.Of(check.Attempts);
        await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle);
        var echo = await check.UntilAsync(attempt => attempt.EchoedUtc is not null);

        Assert.Equal((JournalCode.CalledTitleWrong, "ORTHANC"), (refused.Trouble!.Code, refused.CalledAETitle));
        Assert.Equal(refused, before[1].Failed);
        var after = ConnectionProgress.Of(check.Attempts);
        Assert.Null(after[1].Failed);
        Assert.Equal(echo.Connection, after[1].Reached!.Connection);
    }

    [Fact]
    public async Task Check_NothingProposedIsTaken_FailsAtTheAssociation()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using var check = Begin(host, facility);
        var find = new PresentationContextRq(1, "1.2.840.10008.5.1.4.1.2.2.1", [DicomTransferSyntax.ImplicitVRLittleEndian.UID.Value]);

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle, find))
            await client.ReleaseAsync();
        var attempt = await check.UntilAsync(attempt => attempt.EndedUtc is not null);

        Assert.Equal((ConnectionStep.Association, JournalCode.NoPresentationContext), (attempt.Trouble!.Step, attempt.Trouble.Code));
        Assert.Null(attempt.AcceptedUtc);
        Assert.Equal("1.2.840.10008.5.1.4.1.2.2.1", Assert.Single(AssociationDetails.FromJson(attempt.Trouble.Details)!.Contexts).AbstractSyntax);
    }

    [Fact]
    public async Task Check_ObjectIsRefused_FailsAtTheImageAndTheAssociationGoesOn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using var check = Begin(host, facility);
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        var answer = await client.SendAsync("not a data set"u8.ToArray(), new PhantomImage().SOPInstanceUID);
        var attempt = await check.UntilAsync(attempt => attempt.Trouble is not null);

        Assert.False(answer.Status.IsSuccessOrWarning);
        Assert.Equal((ConnectionStep.Image, null), (attempt.Trouble!.Step, attempt.EndedUtc));
        await client.ReleaseAsync();
        Assert.Equal(attempt.Trouble, (await check.UntilAsync(attempt => attempt.EndedUtc is not null)).Trouble);
    }

    [Fact]
    public async Task Check_AssociationOfBefore_IsTakenUpWhereItIs()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        using var check = Begin(host, facility);

        await client.EchoAsync();
        var attempt = await check.UntilAsync(attempt => attempt.EchoedUtc is not null);

        Assert.Equal(facility.AETitle, attempt.CallingAETitle);
        Assert.True(attempt.AcceptedUtc <= attempt.EchoedUtc);
        await client.ReleaseAsync();
    }

    [Fact]
    public async Task Check_SharedDoor_HearsOfItsOwnAloneAndOnlyOnceItIsCertain()
    {
        await using var host = await StartAsync();
        var (central, north) = (await host.CreateFacilityAsync("Central Hospital"), await host.CreateFacilityAsync("North Clinic"));
        using var atCentral = Begin(host, central);
        using var atNorth = Begin(host, north);
        using var silent = new TcpClient();

        await silent.ConnectAsync(IPAddress.Loopback, host.SharedPort);
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(host.SharedPort, "STRANGER", "NOCTIS_SERVER"));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(host.SharedPort, north.AETitle, "ORTHANC"));
        await Scu.EchoAsync(host.SharedPort, north.AETitle, "NOCTIS_SERVER");
        await Scu.EchoAsync(north.Port, north.AETitle, north.AETitle);
        await Scu.EchoAsync(host.SharedPort, central.AETitle, "NOCTIS_SERVER");
        await atCentral.UntilAsync(attempt => attempt.EndedUtc is not null);
        await atNorth.UntilAsync(attempt => attempt is { EchoedUtc: not null, EndedUtc: not null } && attempt.LocalPort == north.Port);
        await atNorth.UntilAsync(attempt => attempt.Trouble is not null);

        var own = Assert.Single(atCentral.Attempts);
        Assert.Equal((central.AETitle, host.SharedPort), (own.CallingAETitle, own.LocalPort));
        Assert.Equal(
            [(north.AETitle, host.SharedPort, JournalCode.CalledTitleWrong), (north.AETitle, host.SharedPort, JournalCode.None), (north.AETitle, north.Port, JournalCode.None)],
            atNorth.Attempts
                .Select(attempt => (attempt.CallingAETitle, attempt.LocalPort, Code: attempt.Trouble?.Code ?? JournalCode.None))
                .OrderBy(attempt => attempt.LocalPort).ThenByDescending(attempt => attempt.Code));
    }

    [Fact]
    public async Task Check_OtherFacilitysPort_IsNotSeen()
    {
        await using var host = await StartAsync();
        var (central, north) = (await host.CreateFacilityAsync("Central Hospital"), await host.CreateFacilityAsync("North Clinic"));
        using var atCentral = Begin(host, central);
        using var atNorth = Begin(host, north);

        // Central's own title at North's port: North's to read.
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(north.Port, central.AETitle, north.AETitle));
        await atNorth.UntilAsync(attempt => attempt.EndedUtc is not null);

        Assert.Empty(atCentral.Attempts);
    }

    [Fact]
    public async Task Check_RowsOfWhatItSaw_AreNotAddedAgainAndOthersAre()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle);
        var before = await host.AssociationsAsync(facility.Id);
        using var check = Begin(host, facility);
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(facility.Port, "STRANGER", facility.AETitle));
        await check.UntilAsync(attempt => attempt.EndedUtc is not null);

        var rows = await host.JournalAsync(facility.Id, before.Count + 2);
        check.Add(rows);
        check.Add(rows);

        Assert.Equal(before.Count, check.Attempts.Count(attempt => attempt.IsFromJournal));
        Assert.Equal(("STRANGER", false), (check.Attempts[0].CallingAETitle, check.Attempts[0].IsFromJournal));
        var told = check.Attempts.Last(attempt => attempt.AcceptedUtc is not null);
        Assert.Equal((facility.AETitle, null), (told.CallingAETitle, told.Trouble));
    }

    [Fact]
    public async Task Check_Ended_HearsNothingMore()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var ended = Begin(host, facility);
        using var open = Begin(host, facility);
        ended.Dispose();
        ended.Dispose();

        await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle);
        await open.UntilAsync(attempt => attempt.EndedUtc is not null);

        Assert.Empty(ended.Attempts);
    }

    private static ConnectionCheck Begin(GatewayHost host, Facility facility) =>
        host.Get<ConnectionWatch>().Begin(FacilityScope.ForJob(facility.Id, "test"));

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
