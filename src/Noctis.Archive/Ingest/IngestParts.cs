using Microsoft.Extensions.Logging;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>What every incoming object works with.</summary>
internal sealed record IngestParts(
    IngestGate Gate,
    ObjectStore Store,
    DiskThreads Disk,
    IndexWriter Index,
    QuarantineIndex Quarantine,
    DoubtfulFiles Doubtful,
    FileRemovals Removals,
    IngestTroubles Troubles,
    TimeProvider Time,
    ILogger<InstanceIngest> Logger);
