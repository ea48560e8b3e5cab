using System.Text;

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
    /// <summary>The user's name, where the identity is one; null for tickets, assertions and tokens. Bytes that are no UTF-8 become U+FFFD.</summary>
    public string? Username => IdentityType is UserIdentityType.Username or UserIdentityType.UsernameAndPasscode
        ? Encoding.UTF8.GetString(PrimaryField.Span)
        : null;

    /// <summary>A user name.</summary>
    /// <param name="username">The name.</param>
    /// <param name="positiveResponseRequested">The acceptor shall say that it took it.</param>
    public static UserIdentityRq ForUser(string username, bool positiveResponseRequested = false) =>
        new(UserIdentityType.Username, positiveResponseRequested, Encoding.UTF8.GetBytes(username), ReadOnlyMemory<byte>.Empty);

    /// <summary>A user name and a passcode. They go over the wire as they are: use TLS.</summary>
    /// <param name="username">The name.</param>
    /// <param name="passcode">The passcode.</param>
    /// <param name="positiveResponseRequested">The acceptor shall say that it took it.</param>
    public static UserIdentityRq ForUser(string username, string passcode, bool positiveResponseRequested = false) =>
        new(UserIdentityType.UsernameAndPasscode, positiveResponseRequested, Encoding.UTF8.GetBytes(username), Encoding.UTF8.GetBytes(passcode));

    /// <summary>A Kerberos service ticket, a SAML assertion or a JSON Web Token, handed on as it is. Use TLS.</summary>
    /// <param name="type">Which of them.</param>
    /// <param name="token">Its bytes, 65,535 at most.</param>
    /// <param name="positiveResponseRequested">The acceptor shall say that it took it.</param>
    public static UserIdentityRq ForToken(UserIdentityType type, ReadOnlyMemory<byte> token, bool positiveResponseRequested = false)
    {
        if (type is not (UserIdentityType.Kerberos or UserIdentityType.Saml or UserIdentityType.JsonWebToken))
            throw new ArgumentOutOfRangeException(nameof(type), type, "A user name is no token.");
        return new UserIdentityRq(type, positiveResponseRequested, token, ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>Never the fields themselves: this text ends up in logs.</summary>
    public override string ToString() => $"{nameof(UserIdentityRq)} {{ {IdentityType} }}";
}
