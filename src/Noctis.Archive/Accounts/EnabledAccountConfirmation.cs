using Microsoft.AspNetCore.Identity;

namespace Noctis.Archive.Accounts;

/// <summary>ASP.NET Core Identity asks before each sign-in whether the account is confirmed: here it is, unless it is disabled.</summary>
internal sealed class EnabledAccountConfirmation : IUserConfirmation<NoctisUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<NoctisUser> manager, NoctisUser user) => Task.FromResult(!user.IsDisabled);
}
