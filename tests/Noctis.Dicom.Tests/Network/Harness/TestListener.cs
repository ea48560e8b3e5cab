using System.Net;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A listener on a free port of the loopback interface, with all that it stands on.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    public const string AETitle = "NOCTIS";

    private TestListener(DicomListenerOptions options, IAssociationAdmission admission, TimeProvider clock, DimseServices? services)
    {
        Logs = new RecordingLogger();
        IsTls = options.Tls is not null;
        Listener = new DicomListener(options, admission, services ?? DimseServices.EchoAndStore(Store), Observer, Logs, clock);
    }

    public DicomListener Listener { get; }

    public RecordingObserver Observer { get; } = new();

    public MemoryStore Store { get; } = new();

    public RecordingLogger Logs { get; }

    public bool IsTls { get; }

    public int Port => Listener.LocalEndPoint!.Port;

    public static DicomListenerOptions DefaultOptions => new() { Address = IPAddress.Loopback, Port = 0 };

    public static async Task<TestListener> StartAsync(
        DicomListenerOptions? options = null, IAssociationAdmission? admission = null, TimeProvider? clock = null, DimseServices? services = null)
    {
        var listener = new TestListener(options ?? DefaultOptions, admission ?? AdmitEveryone.Instance, clock ?? TimeProvider.System, services);
        await listener.Listener.StartAsync();
        return listener;
    }

    public void Reconfigure(Func<DicomListenerOptions, DicomListenerOptions> change) => Listener.Reconfigure(change(Listener.Options));

    public DicomClientOptions ClientOptions(params PresentationContextRq[] contexts) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        CallingAETitle = "MODALITY",
        CalledAETitle = AETitle,
        PresentationContexts = contexts.Length > 0 ? contexts : DefaultContexts(),
    };

    public Task<DicomClient> ConnectAsync(params PresentationContextRq[] contexts) => DicomClient.ConnectAsync(ClientOptions(contexts));

    public Task<RawPeer> ConnectRawAsync() => RawPeer.ConnectAsync(Port);

    /// <summary>1: verification, 3: CT in explicit little endian, 5: CT in implicit little endian.</summary>
    public static PresentationContextRq[] DefaultContexts()
    {
        var builder = new PresentationContextBuilder();
        builder.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);
        builder.Add(DicomUID.CTImageStorage.Value, DicomUID.ExplicitVRLittleEndian.Value);
        builder.Add(DicomUID.CTImageStorage.Value, DicomUID.ImplicitVRLittleEndian.Value);
        return [.. builder.BuildContexts()];
    }

    /// <summary>The association was aborted by the provider for this reason, nothing of it is an error of ours, and the next peer is served.</summary>
    public async Task AssertAbortedAsync(RawPeer peer, AbortReason reason, string explanation)
    {
        var abort = Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal((AbortSource.ServiceProvider, reason), (abort.Source, abort.Reason));
        Assert.Null(await peer.ReceiveAsync());
        var ended = await Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.Aborted, ended.Ending);
        Assert.Contains(explanation, ended.Reason, StringComparison.Ordinal);
        Assert.Empty(Logs.Errors);

        await using var next = await ConnectAsync();
        Assert.Equal(DicomStatus.Success, await next.EchoAsync());
    }

    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
