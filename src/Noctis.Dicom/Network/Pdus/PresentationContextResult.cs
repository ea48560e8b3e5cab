namespace Noctis.Dicom.Network.Pdus;

/// <summary>The answer to a proposed presentation context (PS3.8 9.3.3.2, Table 9-18).</summary>
public enum PresentationContextResult : byte
{
    /// <summary>Accepted.</summary>
    Acceptance = 0,

    /// <summary>The application does not want it.</summary>
    UserRejection = 1,

    /// <summary>The provider rejects it and gives no reason.</summary>
    NoReason = 2,

    /// <summary>The abstract syntax (SOP class) is not supported.</summary>
    AbstractSyntaxNotSupported = 3,

    /// <summary>None of the proposed transfer syntaxes is supported.</summary>
    TransferSyntaxesNotSupported = 4,
}
