using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;

namespace Noctis.Benchmarks.Storing;

/// <summary>The bare toolkit listener: writes what comes into a folder, without flush or index, until its input is closed.</summary>
internal static class ListenCommand
{
    /// <summary>What is printed before the port, once the listener listens.</summary>
    public const string PortPrefix = "port ";

    public static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        await using var listener = new DicomListener(
            new DicomListenerOptions { Address = IPAddress.Loopback, Port = 0 },
            AdmitEveryone.Instance,
            DimseServices.EchoAndStore(new FolderStore(folder) { FlushToDisk = false }),
            observer: null,
            NullLoggerFactory.Instance,
            TimeProvider.System);
        await listener.StartAsync(cancellationToken);
        Console.WriteLine($"{PortPrefix}{listener.LocalEndPoint!.Port}");

        // Whoever started this process has gone when its end of the pipe is closed, however that came about.
        try
        {
            // The console reads on the thread that asks, whatever the name of the method.
            await Task.Run(Console.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A signal ends it as well.
        }

        await listener.StopAsync(CancellationToken.None);
        return 0;
    }
}
