using Microsoft.AspNetCore.Identity;

namespace Noctis.Archive.Accounts;

/// <summary>What ASP.NET Core Identity finds wrong, with the field of <see cref="NewAccount"/> that it is about.</summary>
internal static class IdentityErrors
{
    public static Error ToError(this IdentityResult result)
    {
        var errors = result.Errors.Select(ToError).ToList();
        return errors is [var only] ? only : new InvalidFieldsError(errors);
    }

    private static Error ToError(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.ConcurrencyFailure) =>
            new ConflictError("Somebody else changed this account in the meantime. Look at it now, and try again."),
        nameof(IdentityErrorDescriber.DuplicateUserName) =>
            InvalidError.For(nameof(NewAccount.UserName), "There is already an account with this user name. Type another one."),
        nameof(IdentityErrorDescriber.PasswordMismatch) => InvalidError.For(nameof(NewAccount.Password), "The password is not right."),
        _ when error.Code.StartsWith("Password", StringComparison.Ordinal) => InvalidError.For(nameof(NewAccount.Password), error.Description),
        _ => InvalidError.For(nameof(NewAccount.UserName), error.Description),
    };
}
