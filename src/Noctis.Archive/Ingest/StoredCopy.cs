using System.Data.Common;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>What the index holds under the UID of an object that comes again.</summary>
internal sealed record StoredCopy
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    public static readonly string[] Columns =
    [
        nameof(Instance.Id), nameof(Instance.Bytes), nameof(Instance.StoragePath), nameof(Instance.TimesReceived), nameof(Instance.ContentHash),
        nameof(Instance.ReceivedUtc), nameof(Instance.SourceAETitle), nameof(Instance.SourceAddress), nameof(Instance.TransferSyntaxUID),
    ];

    public required long InstanceId { get; init; }

    public required InstanceVersion Content { get; init; }

    public required string StoragePath { get; init; }

    public required int TimesReceived { get; init; }

    public static StoredCopy Read(DbDataReader row) => new()
    {
        InstanceId = row.GetInt64(0),
        StoragePath = row.GetString(2),
        TimesReceived = row.GetInt32(3),
        Content = new InstanceVersion
        {
            InstanceId = row.GetInt64(0),
            Bytes = row.GetInt64(1),
            ContentHash = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
            ReceivedUtc = row.GetDateTime(5),
            SourceAETitle = row.GetString(6),
            SourceAddress = row.GetString(7),
            TransferSyntaxUID = row.GetString(8),
        },
    };

    public static StoredCopy Of(Instance row) => new()
    {
        InstanceId = row.Id,
        StoragePath = row.StoragePath,
        TimesReceived = row.TimesReceived,
        Content = VersionOf(row),
    };

    /// <summary>An instance's content, as a version of it.</summary>
    public static InstanceVersion VersionOf(Instance row) => new()
    {
        InstanceId = row.Id,
        Bytes = row.Bytes,
        ContentHash = row.ContentHash,
        ReceivedUtc = row.ReceivedUtc,
        SourceAETitle = row.SourceAETitle,
        SourceAddress = row.SourceAddress,
        TransferSyntaxUID = row.TransferSyntaxUID,
    };

    /// <summary>Whether an object's content is another one. Without a hash, from before there were any, the length has to tell.</summary>
    public bool DiffersFrom(Instance other) =>
        Content.ContentHash is { } hash ? !hash.AsSpan().SequenceEqual(other.ContentHash) : Content.Bytes != other.Bytes;
}
