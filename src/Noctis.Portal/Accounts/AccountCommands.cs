using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Noctis.Archive;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Makes and changes accounts. Each call has services of its own: a page in a circuit lives for hours, and Identity's
/// database context is meant for one piece of work.
/// </summary>
public sealed class AccountCommands(IServiceScopeFactory scopes, SetupGate setup, TimeProvider time)
{
    /// <summary>The first administrator, once, for whoever has the set-up code.</summary>
    public async Task<Result<NoctisUser>> SetUpAsync(string? code, string email, string displayName, string password)
    {
        await setup.Door.WaitAsync();
        try
        {
            if (!await setup.IsNeededAsync())
                return new ConflictError("Noctis is set up already. Sign in; an administrator makes further accounts.");
            switch (setup.Check(code))
            {
                case SetupCodeCheck.Wrong:
                    return new InvalidError("That is not the code. It stands on the console where Noctis was started, and is new after every start.") { Field = "Code" };
                case SetupCodeCheck.TooMany:
                    return new InvalidError("Too many wrong codes. Wait a minute, then try again.") { Field = "Code" };
            }

            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
            var user = NewUser(email, displayName);
            // The role first: an account without it would keep the address and leave set-up open.
            if (await EnsureAdministratorRoleAsync(scope.ServiceProvider) is { } roleError)
                return roleError;
            if (Failure(await users.CreateAsync(user, password)) is { } error)
                return error;
            if (Failure(await users.AddToRoleAsync(user, Roles.Administrator)) is { } failed)
            {
                await users.DeleteAsync(user);
                return failed;
            }

            return user;
        }
        finally
        {
            setup.Door.Release();
        }
    }

    /// <summary>An account without a password; its owner sets one by a link.</summary>
    public async Task<Result<NoctisUser>> CreateAsync(AdministratorScope administrator, string email, string displayName, bool isAdministrator)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
        var user = NewUser(email, displayName);
        if (Failure(await users.CreateAsync(user)) is { } error)
            return error;
        if (isAdministrator)
        {
            await EnsureAdministratorRoleAsync(scope.ServiceProvider);
            if (Failure(await users.AddToRoleAsync(user, Roles.Administrator)) is { } failed)
                return failed;
        }

        return user;
    }

    private NoctisUser NewUser(string email, string displayName) => new()
    {
        UserName = email.Trim(),
        Email = email.Trim(),
        DisplayName = displayName.Trim(),
        CreatedUtc = time.GetUtcNow().UtcDateTime,
        LockoutEnabled = true,
    };

    private static async Task<Error?> EnsureAdministratorRoleAsync(IServiceProvider services)
    {
        var roles = services.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        if (await roles.RoleExistsAsync(Roles.Administrator))
            return null;
        return Failure(await roles.CreateAsync(new IdentityRole<Guid>(Roles.Administrator) { Id = Guid.CreateVersion7() }));
    }

    /// <summary>The first of Identity's complaints, in our words where its own do not say what to do.</summary>
    internal static Error? Failure(IdentityResult result)
    {
        if (result.Succeeded)
            return null;
        var first = result.Errors.First();
        return first.Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) =>
                new ConflictError("There is an account with this e-mail address already.") { Field = "Email" },
            nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) =>
                new InvalidError("That is no e-mail address.") { Field = "Email" },
            nameof(IdentityErrorDescriber.PasswordTooShort) =>
                new InvalidError($"The password is too short: {IdentitySettings.PasswordLength} characters or more. A few words that you remember make a good one.") { Field = "Password" },
            nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) =>
                new InvalidError("The password repeats too few characters: use more different ones.") { Field = "Password" },
            nameof(IdentityErrorDescriber.PasswordMismatch) =>
                new InvalidError("The present password is not right.") { Field = "Current" },
            nameof(IdentityErrorDescriber.InvalidToken) =>
                new InvalidError("This link has been used or is too old. Ask your administrator for a new one."),
            _ => new InvalidError(first.Description),
        };
    }

    internal static string EncodeToken(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));
}
