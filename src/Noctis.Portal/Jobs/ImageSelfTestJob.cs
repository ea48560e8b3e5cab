using Noctis.Archive;
using Noctis.Archive.SelfTests;
using Noctis.Gateway.SelfTests;
using Noctis.Portal.Components;

namespace Noctis.Portal.Jobs;

/// <summary>Sends an image through every listener of this node, all the way into the index, where it is taken back.</summary>
internal sealed class ImageSelfTestJob(SelfTester tester) : IScheduledJob
{
    private const int AtOnce = 2;
    private const int Together = 50;

    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        var (tested, failed) = (0, 0);
        foreach (var some in tester.Facilities.Chunk(Together))
        {
            var results = await tester.TestAsync(some, SelfTestKind.Image, AtOnce, cancellationToken);
            (tested, failed) = (tested + results.Count, failed + results.Count(test => !test.Succeeded));
        }

        if (failed > 0)
            return new ConflictError($"{SizeText.Count(failed)} of {SizeText.Count(tested, "listener")} did not take the test image. Home of the facility says why.");
        return tested == 0 ? "" : $"{SizeText.Count(tested, "listener")} took the test image.";
    }
}
