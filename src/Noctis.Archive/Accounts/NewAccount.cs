namespace Noctis.Archive.Accounts;

/// <summary>An account's values as typed. The user name may be an e-mail address.</summary>
public sealed record NewAccount(string UserName, string DisplayName, string Password)
{
    // A record prints its members: not this one.
    public override string ToString() => $"NewAccount {UserName}";
}
