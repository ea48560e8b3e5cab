using Microsoft.AspNetCore.Identity;

namespace Noctis.Archive.Accounts;

/// <summary>Makes accounts from what was typed, for all commands that create one.</summary>
internal static class AccountRules
{
    private const int NameMaxLength = 200;

    public static Error? Fault(NewAccount account)
    {
        var errors = new List<Error>();
        var userName = account.UserName?.Trim() ?? "";
        if (userName.Length is 0 or > NameMaxLength)
            errors.Add(InvalidError.For(nameof(NewAccount.UserName), $"A user name has 1 to {NameMaxLength} characters, for example an e-mail address."));
        else if (userName.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            errors.Add(InvalidError.For(nameof(NewAccount.UserName), "A user name holds no spaces or control characters."));
        if ((account.DisplayName?.Trim().Length ?? 0) is 0 or > NameMaxLength)
            errors.Add(InvalidError.For(nameof(NewAccount.DisplayName), $"Type the person's name, at most {NameMaxLength} characters."));
        if (string.IsNullOrEmpty(account.Password))
            errors.Add(InvalidError.For(nameof(NewAccount.Password), "Type a password."));
        return errors switch { [] => null, [var only] => only, _ => new InvalidFieldsError(errors) };
    }

    public static async Task<Result<NoctisUser>> CreateAsync(UserManager<NoctisUser> users, NewAccount account, bool mustChangePassword, DateTime now)
    {
        if (Fault(account) is { } fault)
            return fault;

        var userName = account.UserName.Trim();
        var user = new NoctisUser
        {
            UserName = userName,
            Email = userName.Contains('@', StringComparison.Ordinal) ? userName : null,
            DisplayName = account.DisplayName.Trim(),
            MustChangePassword = mustChangePassword,
            CreatedUtc = now,
        };
        var created = await users.CreateAsync(user, account.Password);
        return created.Succeeded ? user : created.ToError();
    }
}
