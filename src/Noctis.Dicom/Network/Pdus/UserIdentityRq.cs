namespace Noctis.Dicom.Network.Pdus;

/// <summary>Who the requestor's user is (PS3.7 D.3.3.7.1, Table D.3-14).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 58H
///  2      reserved
///  3-4    item length
///  5      user identity type, 1 to 5
///  6      positive response requested, 0 or 1
///  7-8    primary field length n
///  9-     primary field
///  9+n    secondary field length (2 bytes), secondary field: the passcode when the type is 2, else empty
/// </code>
/// </remarks>
/// <param name="IdentityType">The kind of identity. A value that the standard does not define is kept as read.</param>
/// <param name="PositiveResponseRequested">The requestor wants to hear that the identity was taken.</param>
/// <param name="PrimaryField">User name, ticket, assertion or token.</param>
/// <param name="SecondaryField">The passcode, or empty.</param>
public sealed record UserIdentityRq(
    UserIdentityType IdentityType,
    bool PositiveResponseRequested,
    ReadOnlyMemory<byte> PrimaryField,
    ReadOnlyMemory<byte> SecondaryField)
{
    /// <summary>Never the fields themselves: this text ends up in logs.</summary>
    public override string ToString() => $"{nameof(UserIdentityRq)} {{ {IdentityType} }}";
}
