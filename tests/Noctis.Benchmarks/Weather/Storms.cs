using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Noctis.Archive.Facilities;
using Noctis.Benchmarks.Storing;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Benchmarks.Weather;

/// <summary>The kinds of hostile weather.</summary>
internal static class Storms
{
    private const int Senders = 10;
    private const int Callers = 8;

    public static Storm Images(Workload workload) => new($"{Senders} associations store {workload.Title} without a pause", async (facility, tally, token) =>
    {
        while (!token.IsCancellationRequested)
        {
            workload.BeginRound(Senders);
            await Storing.Senders.SendAsync(workload, facility.Port, Senders, nagle: false, token);
            tally.Add(workload.Files.Count);
        }
    });

    /// <summary>Associations that are opened and released as fast as they are answered.</summary>
    public static Storm Echoes { get; } = new($"{Callers} devices associate, echo and release without a pause", (facility, tally, token) => RepeatAsync(Callers, async () =>
    {
        try
        {
            await Product.Echo.RunAsync(facility, token);
        }
        catch (AssociationRejectedException)
        {
            // Its limit is part of the weather.
        }

        tally.Add();
    }, token));

    /// <summary>More associations than the facility may have: each is refused at once.</summary>
    public static Storm Refusals { get; } = new($"{Callers} strangers are refused without a pause", (facility, tally, token) => RepeatAsync(Callers, async () =>
    {
        try
        {
            await using var client = await DicomClient.ConnectAsync(Product.Echo.Options(facility) with { CallingAETitle = "STRANGER" }, token);
        }
        catch (AssociationRejectedException)
        {
            tally.Add();
        }
    }, token));

    /// <summary>A port scan: connections that close again, or say HTTP, TLS or rubbish.</summary>
    public static Storm Scan { get; } = new($"{Callers} scanners of ports connect, say something and close", (facility, tally, token) => RepeatAsync(Callers, async () =>
    {
        using var socket = await ConnectAsync(facility, token);
        byte[] word = (tally.Count % 4) switch
        {
            0 => [],
            1 => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: scanner\r\n\r\n"),
            2 => [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03],
            _ => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        };
        if (word.Length > 0)
            await socket.SendAsync(word, token);
        tally.Add();
    }, token));

    /// <summary>Connections that say nothing, from twenty addresses, each held as long as the storm blows.</summary>
    public static Storm Silence(int count) => new($"{count} connections that say nothing", async (facility, tally, token) =>
    {
        var held = new List<Socket>(count);
        try
        {
            for (var i = 0; i < count && !token.IsCancellationRequested; i++)
            {
                try
                {
                    held.Add(await ConnectAsync(facility, token, new IPAddress([127, 0, 0, (byte)(10 + (i % 20))])));
                    tally.Add();
                }
                catch (SocketException)
                {
                    // Closed in favour of another in the moment it was opened.
                }
            }

            await UntilAsync(token);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    });

    /// <summary>Slow loris: requests for an association that never end, a byte at a time.</summary>
    public static Storm SlowLoris(int count) => new($"{count} requests for an association, a byte a second each", async (facility, tally, token) =>
    {
        // The head of an A-ASSOCIATE-RQ (PS3.8 9.3.2) of 4 KiB, then zeros.
        byte[] start = [0x01, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x01];
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            while (!token.IsCancellationRequested)
            {
                try
                {
                    using var socket = await ConnectAsync(facility, token);
                    for (var sent = 0; ; sent++)
                    {
                        await socket.SendAsync(sent < start.Length ? start.AsMemory(sent, 1) : new byte[1], token);
                        tally.Add();
                        await Task.Delay(TimeSpan.FromSeconds(1), token);
                    }
                }
                catch (Exception exception) when (exception is SocketException or OperationCanceledException)
                {
                    // Closed on it, as it should be: it comes again.
                }
            }
        }));
    });

    /// <summary>Slow loris inside: associations, as many as the facility may have, that begin a message and send a byte of it a second.</summary>
    public static Storm StuckMessages(int count) => new($"{count} associations with a message, a byte a second each", async (facility, tally, token) =>
    {
        // A P-DATA-TF (PS3.8 9.3.5) with a command of 4,000 bytes in presentation context 1, which never comes to its end.
        byte[] start = [0x04, 0x00, 0x00, 0x00, 0x0F, 0xA6, 0x00, 0x00, 0x0F, 0xA2, 0x01, 0x03];
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            while (!token.IsCancellationRequested)
            {
                try
                {
                    using var socket = await AssociateAsync(facility, token);
                    await socket.SendAsync(start, token);
                    while (true)
                    {
                        await socket.SendAsync(new byte[1], token);
                        tally.Add();
                        await Task.Delay(TimeSpan.FromSeconds(1), token);
                    }
                }
                catch (Exception exception) when (exception is SocketException or OperationCanceledException)
                {
                    // Aborted, as it should be: it comes again.
                }
            }
        }));
    });

    private static async Task<Socket> AssociateAsync(Facility facility, CancellationToken cancellationToken)
    {
        var request = new ArrayBufferWriter<byte>();
        PduWriter.Write(request, new AAssociateRq
        {
            CalledAETitle = facility.AETitle,
            CallingAETitle = facility.AETitle,
            PresentationContexts = [new(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
            UserInformation = new UserInformation { MaximumLength = 16_384, ImplementationClassUid = DicomImplementation.ClassUID },
        });
        var socket = await ConnectAsync(facility, cancellationToken);
        try
        {
            await socket.SendAsync(request.WrittenMemory, cancellationToken);
            // Whatever the answer, one that comes is enough: what is refused is closed.
            await socket.ReceiveAsync(new byte[4096], cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Socket> ConnectAsync(Facility facility, CancellationToken cancellationToken, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, facility.Port), cancellationToken);
        return socket;
    }

    private static Task RepeatAsync(int atATime, Func<Task> action, CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, atATime).Select(async _ =>
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await action();
            }
            catch (Exception exception) when (exception is SocketException or DicomNetworkException)
            {
                // Refused by the system or closed on us: the weather for the attacker.
            }
        }
    }));

    private static Task UntilAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
