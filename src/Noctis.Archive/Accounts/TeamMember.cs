namespace Noctis.Archive.Accounts;

/// <summary>A person of a facility's team.</summary>
public sealed record TeamMember(Guid UserId, string UserName, string DisplayName, FacilityRole Role, bool IsDisabled, bool TwoFactorEnabled, DateTime? LastSignInUtc);
