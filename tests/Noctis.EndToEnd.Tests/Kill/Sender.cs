using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>A scanner that sends one image after the other, of all sizes, now and then an earlier one with other content, until the server is gone.</summary>
internal sealed class Sender(KillFacility facility, TaskCompletionSource begun)
{
    /// <summary>One of so many objects was sent before.</summary>
    private const int Resent = 4;

    public async Task SendUntilTheConnectionBreaksAsync()
    {
        await using var client = await Scanner.ConnectAsync(facility);
        var study = new PhantomImage();
        try
        {
            for (var number = 1; ; number++)
            {
                var sent = (Random.Shared.Next(Resent) == 0 ? facility.Objects.Take() : null)
                    ?? new SentObject(facility.Id, facility.Policy, study with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = number });
                try
                {
                    var answer = await Scanner.SendAsync(client, sent, (ushort)number);
                    if (answer.Status == DicomStatus.ProcessingFailure)
                    {
                        // On a machine that is busy with other things the database may not answer in time. What was refused is owed to nobody.
                        facility.Objects.CountRefused();
                        continue;
                    }

                    Assert.True(answer.Status == DicomStatus.Success, $"{answer.Status}: {answer.ErrorComment}");
                    begun.TrySetResult();
                }
                finally
                {
                    facility.Objects.Return(sent);
                }
            }
        }
        catch (DicomNetworkException)
        {
            // Killed.
        }
    }
}
