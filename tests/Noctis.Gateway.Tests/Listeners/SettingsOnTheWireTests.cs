using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Listeners;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>
/// Each setting changed while an association runs: that one goes on as it was, and the next sees the new value. How long the time-outs are is
/// shown in Noctis.Dicom.Tests with a clock that is moved, and that they arrive there in <see cref="ListenerSupervisorTests"/>.
/// </summary>
public sealed class SettingsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const string Server = "NOCTIS_SERVER";
    private const string PrivateClass = "1.2.276.0.7230010.3.1.0.1";

    [Fact]
    public async Task MaxAssociations_Lowered_RejectsTheNextAndDropsNone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var first = await ConnectAsync(facility);
        await using var second = await ConnectAsync(facility);

        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 2 });

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => ConnectAsync(facility));
        Assert.Equal((2, 3, 2), rejected.Codes());
        await AssertAliveAsync(first);
        await second.ReleaseAsync();
        await using var third = await ConnectAsync(facility);
        await AssertAliveAsync(third);
    }

    [Fact]
    public async Task MaxAssociations_One_IsSaidAsOne()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 1 });
        await using var running = await ConnectAsync(facility);

        await Assert.ThrowsAsync<AssociationRejectedException>(() => ConnectAsync(facility));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, facility.AETitle, Server));

        var reasons = (await host.JournalAsync(facility.Id, rows: 2)).Select(row => row.Reason!).ToList();
        Assert.Contains(reasons, reason => reason.StartsWith("The one association that may run at a time is in use. ", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains(" has 1 association already, ", StringComparison.Ordinal));
        await AssertAliveAsync(running);
    }

    [Fact]
    public async Task MaxAssociations_OverBothDoors_AreCountedTogether()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 2 });
        await using var own = await ConnectAsync(facility);
        await using var shared = await Scu.ConnectAsync(host.SharedPort, facility.AETitle, Server);

        var atShared = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, facility.AETitle, Server));
        var atOwn = await Assert.ThrowsAsync<AssociationRejectedException>(() => ConnectAsync(facility));
        await shared.ReleaseAsync();

        Assert.Equal(((2, 3, 2), (2, 3, 2)), (atShared.Codes(), atOwn.Codes()));
        await using var next = await ConnectAsync(facility);
        await AssertAliveAsync(next);
    }

    [Fact]
    public async Task MaxPduLength_Changed_IsAnnouncedToTheNext()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);

        await host.SetAsync(facility, new NetworkSettings { MaxPduLength = 16_384 });

        await using var next = await ConnectAsync(facility);
        Assert.Equal((131_072u, 16_384u), (running.Association.Response.UserInformation.MaximumLength, next.Association.Response.UserInformation.MaximumLength));
        await AssertAliveAsync(running);
    }

    [Fact]
    public async Task BindAddress_Changed_ListensThereAndTheOldOneGoesOn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);

        await host.SetAsync(facility, new NetworkSettings { BindAddress = "127.0.0.2" });

        await host.Status.UntilAsync(facility.Id, status => status is { State: ListenerState.Running, EndPoint: { } place } && place.Address.ToString() == "127.0.0.2");
        using var there = new TcpClient();
        await there.ConnectAsync("127.0.0.2", facility.Port);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility));
        await AssertAliveAsync(running);
    }

    [Fact]
    public async Task BindAddress_OfAnotherMachine_FailsWithReasonAndRemedy()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");

        await host.SetAsync(facility, new NetworkSettings { BindAddress = "192.0.2.77" });

        var failed = await host.Status.UntilAsync(facility.Id, ListenerState.Failed);
        Assert.Equal("The address 192.0.2.77 is not one of this machine's.", failed.Reason);
        Assert.StartsWith("Correct the bind address in the facility's settings", failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enabled_SwitchedOff_ClosesThePortAndDrains()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);

        await host.SetAsync(facility, new NetworkSettings { IsEnabled = false });

        var draining = await host.Status.UntilAsync(facility.Id, ListenerState.Draining);
        Assert.Equal(1, draining.ActiveAssociations);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility));
        await AssertAliveAsync(running);
        await running.ReleaseAsync();
        var stopped = await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.Equal("Switched off in the settings.", stopped.Reason);

        await host.SetAsync(facility, new NetworkSettings());
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
    }

    [Fact]
    public async Task StartsAutomatically_Off_WaitsAfterARestartUntilItIsStarted()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var settings = GatewayHost.Settings();
        Facility facility;
        await using (var first = await GatewayHost.StartAsync(database, settings))
        {
            facility = await first.CreateFacilityAsync("Central");
            await first.SetAsync(facility, new NetworkSettings { StartsAutomatically = false });
            Assert.Equal(ListenerState.Running, first.Status.Get(facility.Id).State);
        }

        await using var again = await GatewayHost.StartAsync(database, settings);
        var waiting = await again.Status.UntilAsync(facility.Id, status => status.Reason is not null);
        Assert.Equal((ListenerState.Stopped, "It waits to be started by hand."), (waiting.State, waiting.Reason));
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility));

        await again.OrderAsync(facility, ListenerOrderKind.Start);

        await again.Status.UntilAsync(facility.Id, ListenerState.Running);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
    }

    [Fact]
    public async Task Order_Restart_FreesAndReopensThePortAndTheOldAssociationGoesOn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);
        var before = host.Status.Get(facility.Id);

        await host.OrderAsync(facility, ListenerOrderKind.Restart);

        await host.Status.UntilAsync(facility.Id, status => status.State == ListenerState.Running && status.SinceUtc > before.SinceUtc);
        await AssertAliveAsync(running);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
    }

    [Theory]
    [InlineData(ListenerOrderKind.Stop, "Stopped by test.")]
    [InlineData(ListenerOrderKind.Drain, "Drained by test.")]
    public async Task Order_StopOrDrain_TakesNobodyAnyMoreUntilStart(ListenerOrderKind kind, string reason)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);

        await host.OrderAsync(facility, kind);
        await host.Status.UntilAsync(facility.Id, status => status.Reason == reason);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility));
        await AssertAliveAsync(running);
        await running.ReleaseAsync();

        await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        await host.OrderAsync(facility, ListenerOrderKind.Start);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Services_SwitchedOff_AreNotNegotiatedAtEitherDoor(bool shared)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility, host, shared);

        await host.SetAsync(facility, new FacilitySettings { Services = new ServiceSettings { Off = ["C-ECHO"] } });
        await using var withoutEcho = await ConnectAsync(facility, host, shared);
        await host.SetAsync(facility, new FacilitySettings { Services = new ServiceSettings { Off = ["C-STORE"] } });
        await using var withoutStore = await ConnectAsync(facility, host, shared);

        const PresentationContextResult yes = PresentationContextResult.Acceptance, no = PresentationContextResult.AbstractSyntaxNotSupported;
        Assert.Equal([yes, yes], Results(running));
        Assert.Equal([no, yes], Results(withoutEcho));
        Assert.Equal([yes, no], Results(withoutStore));
        await AssertAliveAsync(running);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SopClasses_ByGroupSinglyAndPrivate_AreNegotiatedAsSet(bool shared)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility, host, shared, Contexts());
        var settings = new SopClassSettings()
            .With(SopClassGroup.ComputedTomography, isTaken: false)
            .With(DicomUID.EnhancedCTImageStorage.Value, isTaken: true)
            .With(DicomUID.MRImageStorage.Value, isTaken: false)
            .With(SopClassGroup.PrivateAndUnknown, isTaken: false);

        await host.SetAsync(facility, new FacilitySettings { SopClasses = settings });
        await using var next = await ConnectAsync(facility, host, shared, Contexts());

        const PresentationContextResult yes = PresentationContextResult.Acceptance, no = PresentationContextResult.AbstractSyntaxNotSupported;
        Assert.Equal([yes, yes, yes, yes, yes, yes], Results(running));
        Assert.Equal([yes, no, yes, no, yes, no], Results(next));

        static PresentationContextRq[] Contexts() => [.. new[]
        {
            DicomUID.Verification.Value, DicomUID.CTImageStorage.Value, DicomUID.EnhancedCTImageStorage.Value,
            DicomUID.MRImageStorage.Value, DicomUID.EnhancedMRImageStorage.Value, PrivateClass,
        }.Select((uid, index) => new PresentationContextRq((byte)((2 * index) + 1), uid, [DicomUID.ImplicitVRLittleEndian.Value]))];
    }

    [Fact]
    public async Task TransferSyntaxes_SwitchedOff_AreNotTakenForImagesAndAnotherIsChosen()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        PresentationContextRq[] contexts =
        [
            new(1, DicomUID.CTImageStorage.Value, [DicomUID.JPEGLossless.Value, DicomUID.ExplicitVRLittleEndian.Value]),
            new(3, DicomUID.CTImageStorage.Value, [DicomUID.ExplicitVRBigEndian.Value]),
            new(5, DicomUID.Verification.Value, [DicomUID.ExplicitVRBigEndian.Value]),
        ];
        await using var running = await ConnectAsync(facility, host, shared: false, contexts);

        await host.SetAsync(facility, new FacilitySettings
        {
            TransferSyntaxes = new TransferSyntaxSettings { Off = [DicomUID.JPEGLossless.Value, DicomUID.ExplicitVRBigEndian.Value] },
        });
        await using var next = await ConnectAsync(facility, host, shared: false, contexts);

        Assert.Equal(
            [DicomUID.JPEGLossless.Value, DicomUID.ExplicitVRBigEndian.Value, DicomUID.ExplicitVRBigEndian.Value],
            running.Association.PresentationContexts.Select(context => context.TransferSyntax));
        Assert.Equal(
            [DicomUID.ExplicitVRLittleEndian.Value, null, DicomUID.ExplicitVRBigEndian.Value],
            next.Association.PresentationContexts.Select(context => context.TransferSyntax));
        Assert.Equal(PresentationContextResult.TransferSyntaxesNotSupported, Results(next)[1]);
    }

    [Fact]
    public async Task Everything_ChangedUnderLoad_LosesNothingThatWasAcknowledged()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        using var enough = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(() => SendAsync(facility, enough.Token))).ToArray();

        await host.SetAsync(facility, new NetworkSettings { MaxPduLength = 16_384 });
        await host.OrderAsync(facility, ListenerOrderKind.Restart);
        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 1, IdleTimeoutSeconds = 60 });
        await host.SetAsync(facility, new FacilitySettings { Services = new ServiceSettings { Off = ["C-ECHO"] } });
        await host.OrderAsync(facility, ListenerOrderKind.Stop);
        await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);
        await host.OrderAsync(facility, ListenerOrderKind.Start);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
        await host.SetAsync(facility, new NetworkSettings());
        await enough.CancelAsync();
        var acknowledged = (await Task.WhenAll(senders)).SelectMany(uids => uids).ToList();

        Assert.NotEmpty(acknowledged);
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        var stored = await database.Set<Instance>().Where(instance => instance.FacilityId == facility.Id).Select(instance => instance.SOPInstanceUID).ToListAsync();
        Assert.Empty(acknowledged.Except(stored));
    }

    [Fact]
    public async Task Settings_ThatBreakTheRules_FailThisListenerAndNoOther()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");

        await host.SetAsync(facility, new NetworkSettings { MaxPduLength = 1 });

        var failed = await host.Status.UntilAsync(facility.Id, ListenerState.Failed);
        Assert.StartsWith("Its settings cannot be used", failed.Reason, StringComparison.Ordinal);
        await host.SetAsync(facility, new NetworkSettings());
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
    }

    /// <summary>A scanner that goes on whatever happens: five images an association, and again when it is turned away or cut off.</summary>
    private static async Task<List<string>> SendAsync(Facility facility, CancellationToken enough)
    {
        var acknowledged = new List<string>();
        do
        {
            try
            {
                await using var client = await ConnectAsync(facility);
                foreach (var image in PhantomImage.CreateSeries(new PhantomImage(), 5))
                {
                    if ((await client.SendAsync(image.ToDataset(), image.SOPInstanceUID)).Status == DicomStatus.Success)
                        acknowledged.Add(image.SOPInstanceUID);
                }

                await client.ReleaseAsync(CancellationToken.None);
            }
            catch (DicomNetworkException)
            {
                // Turned away, or cut off: what was not answered is sent by the next.
                await Task.Yield();
            }
        }
        while (!enough.IsCancellationRequested);
        return acknowledged;
    }

    private static Task<DicomClient> ConnectAsync(Facility facility) => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

    private static Task<DicomClient> ConnectAsync(Facility facility, GatewayHost host, bool shared, params PresentationContextRq[] contexts) => shared
        ? Scu.ConnectAsync(host.SharedPort, facility.AETitle, Server, contexts)
        : Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle, contexts);

    private static PresentationContextResult[] Results(DicomClient client) =>
        [.. client.Association.PresentationContexts.Select(context => context.Result)];

    private static async Task AssertAliveAsync(DicomClient client) => Assert.Equal(DicomStatus.Success, await client.EchoAsync());

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
