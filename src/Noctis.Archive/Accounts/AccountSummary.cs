namespace Noctis.Archive.Accounts;

/// <summary>An account as administrators see it in their list.</summary>
public sealed record AccountSummary(
    Guid Id, string UserName, string DisplayName, bool IsAdministrator, bool IsDisabled, bool TwoFactorEnabled, int Facilities, DateTime CreatedUtc, DateTime? LastSignInUtc);
