using Noctis.Archive.Facilities;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Benchmarks.Product;

/// <summary>A C-ECHO as a facility's scanner sends it.</summary>
internal static class Echo
{
    private const int AtATime = 16;

    /// <summary>One to each facility.</summary>
    public static Task EachAsync(IEnumerable<Facility> facilities, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        facilities,
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
        async (facility, token) => await RunAsync(facility, token));

    /// <summary>How its scanner calls it.</summary>
    public static DicomClientOptions Options(Facility facility) => new()
    {
        Host = "127.0.0.1",
        Port = facility.Port,
        CallingAETitle = facility.AETitle,
        CalledAETitle = facility.AETitle,
        PresentationContexts = [new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
    };

    /// <summary>Throws unless it is answered with success.</summary>
    public static async Task RunAsync(Facility facility, CancellationToken cancellationToken)
    {
        await using var client = await DicomClient.ConnectAsync(Options(facility), cancellationToken);
        var status = await client.EchoAsync(cancellationToken);
        if (status != DicomStatus.Success)
            throw new InvalidOperationException($"{facility.AETitle} answered an echo with {status}.");
        await client.ReleaseAsync(cancellationToken);
    }
}
