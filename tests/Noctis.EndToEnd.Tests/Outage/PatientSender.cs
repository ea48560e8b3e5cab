using System.Collections.Concurrent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.EndToEnd.Tests.Kill;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests.Outage;

/// <summary>A scanner that sends until it is told to stop, whatever it is answered, and keeps count.</summary>
internal sealed class PatientSender(KillFacility facility)
{
    private int _acknowledged;
    private int _refused;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public int Refused => Volatile.Read(ref _refused);

    /// <summary>What the refusals said.</summary>
    public ConcurrentDictionary<(ushort Status, string? Comment), int> Refusals { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        var study = new PhantomImage();
        for (var number = 1; !stop.IsCancellationRequested;)
        {
            await using var client = await Scanner.ConnectAsync(facility);
            try
            {
                while (!stop.IsCancellationRequested)
                    await SendAsync(client, study, number++);
            }
            catch (DicomNetworkException)
            {
                // Sent off; scanners come again.
            }
        }
    }

    private async Task SendAsync(DicomClient client, PhantomImage study, int number)
    {
        var sent = new SentObject(facility.Id, facility.Policy, study with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = number });
        try
        {
            var answer = await Scanner.SendAsync(client, sent, (ushort)number);
            if (answer.Status == DicomStatus.Success)
            {
                Interlocked.Increment(ref _acknowledged);
                return;
            }

            Refusals.AddOrUpdate((answer.Status.Code, answer.ErrorComment), 1, (_, count) => count + 1);
            Interlocked.Increment(ref _refused);
        }
        finally
        {
            facility.Objects.Return(sent);
        }
    }
}
