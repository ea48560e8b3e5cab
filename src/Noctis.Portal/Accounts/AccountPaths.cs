namespace Noctis.Portal.Accounts;

/// <summary>Where the pages around signing in are.</summary>
internal static class AccountPaths
{
    public const string Setup = "/setup";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Denied = "/denied";
    public const string Forgot = "/forgot";
    public const string ChangePassword = "/account/password";
    public const string Users = "/admin/users";

    public const string ReturnParameter = "return";

    /// <summary>The address to go to after signing in: a path of this site, whatever the link said.</summary>
    public static string SafeReturn(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal)
            ? address
            : "/";
}
