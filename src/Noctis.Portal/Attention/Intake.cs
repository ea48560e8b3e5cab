using Microsoft.Extensions.Options;
using Noctis.Archive.Storage;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;
using Noctis.Portal.Home;

namespace Noctis.Portal.Attention;

/// <summary>
/// Whether this server can take an image at all, whoever sends it. Asks memory and the disk, and never the database, which may be what is
/// away: while it is, whatever a page has read before still looks well. Thread safe.
/// </summary>
public sealed class Intake(IListenerStatusSource listeners, IDiskSpace disk, IOptions<StorageOptions> storage)
{
    private readonly long _floor = (long)(storage.Value.MinimumFreeGB * 1e9);

    /// <summary>Null while nothing is in the way.</summary>
    public IntakeFault? Fault
    {
        get
        {
            if (listeners.DatabaseAwaySinceUtc is { } since)
            {
                return new IntakeFault("Not receiving: the database does not answer.", "The database does not answer",
                    "Images are refused until it does, and devices send them again. Somebody has to look at the database and its server. What this page shows is from before.", since, null);
            }

            return disk.FreeBytes is var free && free <= _floor
                ? new IntakeFault("Not receiving: the server's disk is full.", "The server's disk is full",
                    $"{SizeText.Of(free)} are free, and no image is taken with {SizeText.Of(_floor)} or less, unless clean-up makes room. An administrator has to make room.", null, "/admin/storage")
                : null;
        }
    }

    /// <summary>As the first of what needs attention.</summary>
    /// <param name="isAdministrator">Whether the viewer may open what is the server's.</param>
    public IEnumerable<AttentionItem> Find(bool isAdministrator)
    {
        if (Fault is not { } fault)
            yield break;
        var href = isAdministrator ? fault.AdministratorHref : null;
        yield return new AttentionItem(StatusKind.Bad, fault.Title, fault.Text, href is null ? null : "Open", href) { SinceUtc = fault.SinceUtc };
    }
}
