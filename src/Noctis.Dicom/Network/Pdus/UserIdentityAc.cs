namespace Noctis.Dicom.Network.Pdus;

/// <summary>The answer to a user identity (PS3.7 D.3.3.7.2, Table D.3-15).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 59H
///  2      reserved
///  3-4    item length
///  5-6    server response length
///  7-     server response: empty for user names, else ticket, response or token
/// </code>
/// </remarks>
/// <param name="ServerResponse">The server's response; empty for user name and passcode.</param>
public sealed record UserIdentityAc(ReadOnlyMemory<byte> ServerResponse)
{
    /// <summary>Never the response itself: this text ends up in logs.</summary>
    public override string ToString() => nameof(UserIdentityAc);
}
