namespace Noctis.Archive.Accounts;

/// <summary>A person who was added to a team; the account is new, or was there already and kept its password.</summary>
public sealed record Invitation(Guid UserId, bool AccountCreated);
