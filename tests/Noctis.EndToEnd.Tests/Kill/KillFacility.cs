using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>A facility that is sent to, and all that was.</summary>
internal sealed class KillFacility(Facility facility, DuplicatePolicy policy)
{
    public Guid Id => facility.Id;

    public string Name => facility.Name;

    public string AETitle => facility.AETitle;

    public int Port => facility.Port;

    public DuplicatePolicy Policy => policy;

    public SentObjects Objects { get; } = new();
}
