using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Signs in by name and password. What it answers, and how long it takes, is the same for a name with and without an account.
/// </summary>
public sealed partial class SignInPage(
    UserManager<NoctisUser> users,
    SignInManager<NoctisUser> signIn,
    SignInThrottle throttle,
    AuditTrail audit,
    SetupGate setup,
    IOptions<PortalOptions> options,
    NavigationManager navigation,
    TimeProvider time,
    ILogger<SignInPage> logger)
{
    private static readonly NoctisUser Nobody = new() { UserName = "nobody" };
    private static string? _nobodysHash;

    private string? _problem;
    private string? _fix;

    [SupplyParameterFromForm]
    private SignInInput Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = AccountPaths.ReturnParameter)]
    private string? Return { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SignInInput();
        if (await setup.IsNeededAsync())
            navigation.NavigateTo(AccountPaths.Setup);
        else if (HttpMethods.IsGet(Context.Request.Method) && SignedInUser.From(Context.User) is not null)
            navigation.NavigateTo(AccountPaths.SafeReturn(Return));
    }

    private async Task SignInAsync()
    {
        var userName = Input.UserName.Trim();
        if (throttle.IsLockedOut(userName))
        {
            await RefuseAsync(userName, locked: true, "locked out");
            return;
        }

        var user = await users.FindByNameAsync(userName);
        if (user is null)
        {
            // As much work as checking a password, so that the clock does not tell either.
            var hasher = users.PasswordHasher;
            hasher.VerifyHashedPassword(Nobody, _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString()), Input.Password);
            await RefuseAsync(userName, throttle.Failed(userName), "unknown name");
            return;
        }

        var result = await signIn.PasswordSignInAsync(user, Input.Password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            // A disabled account's right password gets the answer of a wrong one.
            await RefuseAsync(userName, throttle.Failed(userName) || result.IsLockedOut, result.IsLockedOut ? "locked out" : result.IsNotAllowed ? "disabled" : "wrong password");
            return;
        }

        throttle.Succeeded(userName);
        user.LastSignInUtc = time.GetUtcNow().UtcDateTime;
        await users.UpdateAsync(user);
        Log.SignedIn(logger, user.Id);
        await audit.WriteAsync(new AuditActor(ActorKind.User, user.Id.ToString(), user.UserName ?? ""), AuditAction.SignedIn, null, user.Id.ToString(), $"from {Address}");
        navigation.NavigateTo(user.MustChangePassword ? AccountPaths.ChangePassword : AccountPaths.SafeReturn(Return));
    }

    private string Address => Context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private async Task RefuseAsync(string userName, bool locked, string reason)
    {
        Log.SignInRefused(logger, Address, reason);
        await audit.WriteAsync(AuditActor.Unknown(userName), AuditAction.SignInFailed, null, detail: $"{reason}, from {Address}");
        Input.Password = "";
        (_problem, _fix) = locked
            ? ("Too many attempts with this name.", $"Wait {options.Value.LockoutMinutes} minutes, then try again, or ask your administrator for a new password.")
            : ("The name or the password is not right.", "Check both. After several wrong passwords the account is locked for a while.");
    }

    public sealed class SignInInput
    {
        [Required(ErrorMessage = "Enter your e-mail address or user name.")]
        [StringLength(200, ErrorMessage = "A user name has 200 characters at most.")]
        public string UserName { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        [StringLength(200, ErrorMessage = "A password has 200 characters at most.")]
        public string Password { get; set; } = "";
    }
}
