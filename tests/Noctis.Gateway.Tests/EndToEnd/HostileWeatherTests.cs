using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.Tests.Listeners;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.EndToEnd;

/// <summary>
/// One facility is attacked, by everything but force: the other one echoes and stores meanwhile, an honest device of the attacked one gets
/// in, and afterwards nothing is left of it.
/// </summary>
public sealed class HostileWeatherTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly IPAddress[] Addresses = [.. Enumerable.Range(10, 20).Select(last => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.0.{last}")))];

    [Fact]
    public async Task Silence_TenThousandConnectionsAtOnePort_AreHeldToTheLimitAndHinderNobody()
    {
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));
        using var attackers = new Attackers();

        for (var i = 0; i < 100; i++)
        {
            await attackers.ConnectAsync(100, Addresses, [attacked.Port]);
            // Whoever is answered was accepted after all of these: else the system forgets some that it has no room for, and tells nobody.
            Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(attacked.Port, attacked.AETitle, attacked.AETitle));
            if (i % 10 == 0)
                await ServesAsync(quiet);
        }

        // Whoever came before the last ones had to go, and an honest device from another address finds room.
        await Task.WhenAll(attackers.Sockets.Take(9_900).Select(Attackers.UntilClosedAsync));
        await ServesAsync(attacked);
        await ServesAsync(quiet);

        // Told, but not ten thousand times: once for each address, and as a number each minute.
        var told = (await AllRowsAsync(host, attacked)).Where(entry => entry.Code == JournalCode.LimitReached).ToList();
        Assert.InRange(told.Count, Addresses.Length, 2_000);
        Assert.Contains(told, entry => entry.Reason!.StartsWith("Too many connections to this port had no association", StringComparison.Ordinal));
        Assert.DoesNotContain(await AllRowsAsync(host, quiet), entry => entry.Outcome != JournalOutcome.Completed);

        // Gone without a word, and nothing of them is left.
        attackers.Dispose();
        await host.OrderAsync(attacked, ListenerOrderKind.Drain);
        await host.Status.UntilAsync(attacked.Id, ListenerState.Stopped);
        await host.OrderAsync(attacked, ListenerOrderKind.Start);
        await host.Status.UntilAsync(attacked.Id, ListenerState.Running);
        await ServesAsync(attacked);
    }

    [Fact]
    public async Task Silence_SpreadOverManyPorts_IsHeldToTheLimitOfAll()
    {
        var settings = GatewayHost.Settings();
        settings["Dicom:MaxPendingConnectionsInAll"] = "100";
        await using var host = await StartAsync(settings);
        var attacked = new List<Facility>();
        for (var i = 0; i < 8; i++)
            attacked.Add(await host.CreateFacilityAsync(string.Create(CultureInfo.InvariantCulture, $"Attacked {i}")));
        var quiet = await host.CreateFacilityAsync("Quiet");
        using var attackers = new Attackers();

        // Of each port fewer than it may have by itself.
        await attackers.ConnectAsync(400, [Addresses[0]], [.. attacked.Select(facility => facility.Port), host.SharedPort]);

        await Task.WhenAll(attackers.Sockets.Take(290).Select(Attackers.UntilClosedAsync));
        await ServesAsync(quiet);
        await ServesAsync(attacked[0]);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(host.SharedPort, quiet.AETitle, "NOCTIS_SERVER"));
        Assert.Contains(
            await AllRowsAsync(host, attacked[0]), entry => entry.Reason?.StartsWith("Too many connections to this server", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task SlowLoris_InTheRequest_IsEndedByTheAcseTimeout()
    {
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));
        await host.SetAsync(attacked, new NetworkSettings { AcseTimeoutSeconds = 5 });
        using var attackers = new Attackers();
        await attackers.ConnectAsync(50, Addresses, [attacked.Port]);

        // The head of an A-ASSOCIATE-RQ (PS3.8 9.3.2) of 4 KiB, byte by byte.
        byte[] start = [0x01, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x01];
        var drips = Task.WhenAll(attackers.Sockets.Select(socket => Attackers.DripAsync(socket, start.Concat(new byte[4000]).Select(one => new[] { one }))));
        await ServesAsync(attacked);
        await ServesAsync(quiet);
        await drips;

        Assert.Contains(await AllRowsAsync(host, attacked), entry => entry.Reason?.Contains("sent no request for an association within 5 seconds", StringComparison.Ordinal) == true);
        await ServesAsync(attacked);
    }

    [Fact]
    public async Task SlowLoris_InAnImage_LosesItsPlaceThoughItNeverStops()
    {
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));
        await host.SetAsync(attacked, new NetworkSettings { DimseTimeoutSeconds = 5, MaxAssociations = 3 });
        using var attackers = new Attackers();
        await attackers.ConnectAsync(3, Addresses, [attacked.Port]);
        foreach (var socket in attackers.Sockets)
            await socket.AssociateAsync(attacked);

        var drips = Task.WhenAll(attackers.Sockets.Select(socket => Attackers.DripAsync(socket, RawCaller.SlowImage())));
        await ServesAsync(quiet);
        await drips;

        Assert.Equal(3, (await host.AssociationsAsync(attacked.Id, rows: 3)).Count(entry =>
            entry.Outcome == JournalOutcome.Aborted && entry.Reason!.Contains("bytes of a message within 5 seconds", StringComparison.Ordinal)));
        await ServesAsync(attacked);
    }

    [Fact]
    public async Task PortScanAndNoise_OfEveryKind_EndsAndHindersNobody()
    {
        var random = new Random(20260711);
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));
        var words = Enumerable.Range(0, 300).Select(index => Word(random, index)).ToList();

        await Task.WhenAll(words.Select(async (word, index) =>
        {
            using var socket = await Attackers.ConnectAsync(Addresses[index % Addresses.Length], index % 3 == 0 ? host.SharedPort : attacked.Port);
            await Attackers.SayAsync(socket, word);
        }).Append(ServesAsync(quiet)));

        await ServesAsync(attacked);
        await ServesAsync(quiet);
        Assert.Equal(0, host.Status.Get(attacked.Id).ActiveAssociations);
    }

    [Fact]
    public async Task Refusals_InALoop_AnswerTheOthersAndFillNoJournal()
    {
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));

        var loops = Enumerable.Range(0, 4).Select(async loop =>
        {
            for (var i = 0; i < 100; i++)
                await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(attacked.Port, "STRANGER", attacked.AETitle));
        });
        await Task.WhenAll(loops.Append(ServesAsync(quiet)));
        await ServesAsync(attacked);

        var rows = (await AllRowsAsync(host, attacked)).Where(entry => entry.Code == JournalCode.CallingTitleUnknown).ToList();
        Assert.InRange(rows.Count, 20, 200);
        Assert.Contains(rows, entry => entry.Reason!.Contains("STRANGER at 127.0.0.1", StringComparison.Ordinal));
        Assert.Equal(400, host.Status.Get(attacked.Id).Refusals);
    }

    [Fact]
    public async Task Full_OfHugePdusAndCallers_IsRefusedAtOnceAndTheOtherIsServed()
    {
        await using var host = await StartAsync();
        var (attacked, quiet) = (await host.CreateFacilityAsync("Attacked"), await host.CreateFacilityAsync("Quiet"));
        await host.SetAsync(attacked, new NetworkSettings { MaxAssociations = 4 });
        using var attackers = new Attackers();
        await attackers.ConnectAsync(4, Addresses, [attacked.Port]);
        foreach (var socket in attackers.Sockets)
            await socket.AssociateAsync(attacked);
        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(attacked.Port, attacked.AETitle, attacked.AETitle));
        await ServesAsync(quiet);

        // 4 GiB announced in a P-DATA-TF (PS3.8 9.3.5): the connection ends at its head, before any of it is taken.
        foreach (var socket in attackers.Sockets)
            await socket.SendAsync(new byte[] { 0x04, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x01 });
        await Task.WhenAll(attackers.Sockets.Select(Attackers.UntilClosedAsync));

        Assert.Equal((2, 3, 2), rejected.Codes());
        await ServesAsync(attacked);
    }

    [Fact]
    public async Task Limit_OfOneAddress_RejectsItsNextAndServesAnother()
    {
        var settings = GatewayHost.Settings();
        settings["Dicom:MaxAssociationsPerAddress"] = "1";
        await using var host = await StartAsync(settings);
        var facility = await host.CreateFacilityAsync("Central");
        using var attackers = new Attackers();
        await attackers.ConnectAsync(1, [IPAddress.Loopback], [facility.Port]);
        await attackers.Sockets[0].AssociateAsync(facility);

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));

        Assert.Equal((2, 3, 2), rejected.Codes());
        using var other = await Attackers.ConnectAsync(Addresses[0], facility.Port);
        await other.AssociateAsync(facility);
        var entry = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal(JournalCode.LimitReached, entry.Code);
        Assert.StartsWith("All 1 associations that one address may run at a time are in use by 127.0.0.1. Try again", entry.Reason, StringComparison.Ordinal);
    }

    /// <summary>An echo and an image, as an honest device sends them.</summary>
    private static async Task ServesAsync(Facility facility)
    {
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.Equal(DicomStatus.Success, Assert.Single(await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage())).Status);
    }

    private static async Task<IReadOnlyList<JournalEntry>> AllRowsAsync(GatewayHost host, Facility facility)
    {
        await host.Get<JournalWriter>().FlushAsync();
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        return await database.Set<JournalEntry>().AsNoTracking().Where(entry => entry.FacilityId == facility.Id).ToListAsync();
    }

    private async Task<GatewayHost> StartAsync(Dictionary<string, string?>? settings = null) =>
        await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite), settings);

    private static byte[] Word(Random random, int index)
    {
        var noise = new byte[random.Next(1, 3000)];
        random.NextBytes(noise);
        return (index % 6) switch
        {
            0 => [],
            1 => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: scanner\r\n\r\n"),
            2 => [0x16, 0x03, 0x01, 0x02, 0x00, .. noise],
            // An A-ASSOCIATE-RQ, a P-DATA-TF and an A-RELEASE-RQ by their first byte, and nothing after it that makes sense.
            3 => [0x01, 0x00, 0x00, 0x00, (byte)(noise.Length >> 8), (byte)noise.Length, .. noise],
            4 => [(byte)(random.Next(2) == 0 ? 0x04 : 0x05), 0x00, .. noise],
            _ => noise,
        };
    }
}
