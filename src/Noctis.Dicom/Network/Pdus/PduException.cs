namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// What a peer sent is not valid and never will be, whatever bytes follow. Carries what an A-ABORT has to say about it;
/// the message is plain enough for the engineer of the device.
/// </summary>
public sealed class PduException : Exception
{
    /// <summary>Creates the exception with the reason that the A-ABORT will carry.</summary>
    /// <param name="reason">The reason for the A-ABORT.</param>
    /// <param name="message">What was wrong, in plain words and without patient data.</param>
    public PduException(AbortReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The reason for the A-ABORT (PS3.8 9.3.8, Table 9-26).</summary>
    public AbortReason Reason { get; }

    /// <summary>What kind of failure it is, where it comes before any association.</summary>
    internal ConnectionFailureKind Kind { get; init; } = ConnectionFailureKind.InvalidRequest;

    /// <summary>The A-ABORT that answers the offence; its source is the provider, since the protocol was broken.</summary>
    public AAbort ToAbort() => new(AbortSource.ServiceProvider, Reason);
}
