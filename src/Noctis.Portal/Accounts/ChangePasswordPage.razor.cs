using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;

namespace Noctis.Portal.Accounts;

/// <summary>One's own password. Signs out every other session, and this one on again.</summary>
public sealed partial class ChangePasswordPage(UserManager<NoctisUser> users, SignInManager<NoctisUser> signIn, AuditTrail audit)
{
    private Error? _error;
    private bool _changed;

    [SupplyParameterFromForm]
    private ChangeInput Input { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    private SignedInUser? User => SignedInUser.From(Context.User);

    private bool MustChange => Context.User.HasClaim(claim => claim.Type == SignedInUser.MustChangePasswordClaim);

    private int PasswordLength => users.Options.Password.RequiredLength;

    protected override void OnInitialized() => Input ??= new ChangeInput();

    private async Task ChangeAsync()
    {
        var (current, chosen) = (Input.Current, Input.Password);
        // A password never travels back into a page.
        Input = new ChangeInput();
        if (await users.GetUserAsync(Context.User) is not { } user)
            return;
        if (current == chosen)
        {
            _error = InvalidError.For(nameof(ChangeInput.Password), "That is the password you have. Choose another one.");
            return;
        }

        // Set before, so that it is written together with the new password; Identity saves the whole account.
        var mustChange = user.MustChangePassword;
        user.MustChangePassword = false;
        var result = await users.ChangePasswordAsync(user, current, chosen);
        if (!result.Succeeded)
        {
            user.MustChangePassword = mustChange;
            _error = result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
                ? InvalidError.For(nameof(ChangeInput.Current), "The present password is not right.")
                : InvalidError.For(nameof(ChangeInput.Password), string.Join(' ', result.Errors.Select(error => error.Description)));
            return;
        }

        await audit.WriteAsync(new AuditActor(ActorKind.User, user.Id.ToString(), user.UserName ?? ""), AuditAction.PasswordChanged, null, user.Id.ToString());
        await signIn.RefreshSignInAsync(user);
        _changed = true;
    }

    public sealed class ChangeInput
    {
        [Required(ErrorMessage = "Enter the password you have now.")]
        [StringLength(200, ErrorMessage = "A password has 200 characters at most.")]
        public string Current { get; set; } = "";

        [Required(ErrorMessage = "Choose a new password.")]
        [StringLength(200, ErrorMessage = "A password has 200 characters at most.")]
        public string Password { get; set; } = "";

        [Compare(nameof(Password), ErrorMessage = "The two new passwords differ.")]
        public string Again { get; set; } = "";
    }
}
