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
    /// <param name="cleansUp">Whether clean-up is on where it is asked for: then the disk may be full, and images come in all the same.</param>
    public IntakeFault? FaultOf(bool cleansUp)
    {
        if (listeners.DatabaseAwaySinceUtc is { } since)
        {
            return new IntakeFault("Not receiving: the database does not answer.", "The database does not answer",
                "Images are refused until it does, and devices send them again. Somebody has to look at the database and its server. What this page shows is from before.", since, null);
        }

        var free = disk.FreeBytes;
        if (free > _floor)
            return null;
        var room = $"{SizeText.Of(free)} are free, and with {SizeText.Of(_floor)} or less";
        return cleansUp
            ? new IntakeFault("Receiving only what clean-up makes room for: the server's disk is full.", "The server's disk is full",
                $"{room} images are taken only where clean-up is on and finds older studies that may go. An administrator has to make room.", null, "/admin/storage")
            : new IntakeFault("Not receiving: the server's disk is full.", "The server's disk is full", $"{room} no image is taken. An administrator has to make room.", null, "/admin/storage");
    }

    /// <summary>As the first of what needs attention.</summary>
    /// <param name="isAdministrator">Whether the viewer may open what is the server's.</param>
    /// <param name="cleansUp">As for <see cref="FaultOf"/>.</param>
    public IEnumerable<AttentionItem> Find(bool isAdministrator, bool cleansUp)
    {
        if (FaultOf(cleansUp) is not { } fault)
            yield break;
        var href = isAdministrator ? fault.AdministratorHref : null;
        yield return new AttentionItem(StatusKind.Bad, fault.Title, fault.Text, href is null ? null : "Open", href) { SinceUtc = fault.SinceUtc };
    }
}
