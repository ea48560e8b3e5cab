namespace Noctis.Dicom.Network;

/// <summary>An association that has ended, in numbers.</summary>
public sealed record AssociationSummary
{
    /// <summary>How it ended.</summary>
    public required AssociationEnding Ending { get; init; }

    /// <summary>Why, in a plain sentence without patient data: the first reason, where one led to others.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, for a program; a time limit that passed is <see cref="ConnectionFailureKind.RequestIncomplete"/>.</summary>
    public ConnectionFailureKind Kind { get; init; }

    /// <summary>From the connection to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes that were read from the connection.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes that were written to the connection.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Operations that were answered, whatever their status.</summary>
    public required int Operations { get; init; }

    /// <summary>Operations that were answered with a failure, or not at all.</summary>
    public required int FailedOperations { get; init; }
}
