using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// A client, over a real socket: the input is all that an acceptor says before it hangs up. The client succeeds or throws what is
/// documented.
/// </summary>
public sealed class RequestorTarget : FuzzTarget, IDisposable
{
    private readonly byte[] _received = new byte[64 * 1024];
    private Socket? _listening;

    public override string Name => "requestor";

    public override int MaxLength => 1024;

    public override int Cost => 100;

    public override IReadOnlyList<byte[]> Tokens => PduTokens.All;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(8);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
        }
    }

    /// <summary>Both sides allocate on threads of their own.</summary>
    public override long AllowedAllocation(int inputLength) => long.MaxValue;

    public override byte[] Generate(FuzzRandom random) => Conversations.OfAcceptor(random);

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features) =>
        RunAsync(input, random, features).GetAwaiter().GetResult();

    public void Dispose() => _listening?.Dispose();

    private async Task RunAsync(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        _listening ??= Conversations.Listen();
        var saying = SayAsync(input, random);
        try
        {
            await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
            {
                Host = "127.0.0.1",
                Port = ((IPEndPoint)_listening.LocalEndPoint!).Port,
                CallingAETitle = "FUZZ",
                CalledAETitle = "NOCTIS",
                PresentationContexts = Conversations.Contexts,
            });
            features.NoteMagnitude(2, client.Association.PresentationContexts.Accepted.Count());
            if (client.Association.PresentationContexts.FindAccepted(DicomUID.Verification.Value) is not null)
                features.Note(3, (long)(await client.EchoAsync()).Category);
            await client.ReleaseAsync();
            features.Note(4);
        }
        catch (DicomNetworkException exception)
        {
            features.Note(5, exception.GetType().Name.Length);
            features.NoteRefusal(exception);
        }

        await saying;
    }

    private async Task SayAsync(ReadOnlyMemory<byte> input, FuzzRandom random)
    {
        using var socket = await _listening!.AcceptAsync();
        try
        {
            await Conversations.SendAsync(socket, input, random);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(_received) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Aborted while there was something to say yet.
        }
    }
}
