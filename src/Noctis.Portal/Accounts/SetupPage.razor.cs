using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Noctis.Archive;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>The first run. Gone once there is an administrator.</summary>
public sealed partial class SetupPage(
    SetupGate setup,
    SignInManager<NoctisUser> signIn,
    NavigationManager navigation,
    TimeProvider time,
    ILogger<SetupPage> logger)
{
    private Error? _error;

    [SupplyParameterFromForm]
    private SetupInput Input { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    private int PasswordLength => signIn.Options.Password.RequiredLength;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetupInput();
        if (!await setup.IsNeededAsync())
            navigation.NavigateTo(AccountPaths.SignIn);
    }

    private async Task SetUpAsync()
    {
        var made = await setup.SetUpAsync(Input.Code, new NewAccount(Input.Email, Input.DisplayName, Input.Password));
        // A password never travels back into a page.
        Input.Password = "";
        if (!made.TryGetValue(out var userId))
        {
            _error = made.Error;
            if (_error?.Field == nameof(SetupInput.Code))
                Log.WrongSetupCode(logger, Context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            return;
        }

        Log.SetUp(logger);
        if (await signIn.UserManager.FindByIdAsync(userId.ToString()) is { } user)
        {
            user.LastSignInUtc = time.GetUtcNow().UtcDateTime;
            await signIn.UserManager.UpdateAsync(user);
            await signIn.SignInAsync(user, isPersistent: false);
        }

        navigation.NavigateTo("/");
    }

    public sealed class SetupInput
    {
        [Required(ErrorMessage = "Enter the code from the console.")]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "Enter your name.")]
        [StringLength(200, ErrorMessage = "A name has 200 characters at most.")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "Enter your e-mail address.")]
        [EmailAddress(ErrorMessage = "That is no e-mail address.")]
        [StringLength(200, ErrorMessage = "An e-mail address has 200 characters at most.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Choose a password.")]
        [StringLength(200, ErrorMessage = "A password has 200 characters at most.")]
        public string Password { get; set; } = "";
    }
}
