namespace Noctis.Dicom.Network.Negotiation;

/// <summary>How an acceptor answers an A-ASSOCIATE-RQ. Immutable; its delegate must be thread safe.</summary>
public sealed record AcceptorPolicy
{
    /// <summary>The policy for an abstract syntax (UID); null when it is not supported.</summary>
    public required Func<string, AbstractSyntaxPolicy?> FindAbstractSyntax { get; init; }

    /// <summary>The longest P-DATA-TF body that we take, in bytes; 0 announces no limit.</summary>
    public required uint MaximumLength { get; init; }

    /// <summary>UID of our implementation (PS3.7 D.3.3.2).</summary>
    public required string ImplementationClassUid { get; init; }

    /// <summary>Name of our implementation and version, 1 to 16 characters; null to leave it out.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>
    /// A SOP class that is not supported is taken like the first related general one that is, where the requestor names such (SOP class
    /// common extended negotiation, PS3.7 D.3.3.6). Default: false.
    /// </summary>
    public bool AcceptsRelatedGeneralSopClasses { get; init; }
}
