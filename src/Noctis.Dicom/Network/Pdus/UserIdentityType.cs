namespace Noctis.Dicom.Network.Pdus;

/// <summary>How a user identifies itself (PS3.7 D.3.3.7, Table D.3-14).</summary>
public enum UserIdentityType : byte
{
    /// <summary>A user name, UTF-8.</summary>
    Username = 1,

    /// <summary>A user name and a passcode, UTF-8.</summary>
    UsernameAndPasscode = 2,

    /// <summary>A Kerberos service ticket.</summary>
    Kerberos = 3,

    /// <summary>A SAML assertion.</summary>
    Saml = 4,

    /// <summary>A JSON Web Token.</summary>
    JsonWebToken = 5,
}
