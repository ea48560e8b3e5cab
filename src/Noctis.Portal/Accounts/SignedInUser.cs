using System.Security.Claims;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>What the cookie says of whoever is signed in.</summary>
public sealed record SignedInUser(Guid Id, string UserName, string DisplayName, bool IsAdministrator)
{
    public const string DisplayNameClaim = "noctis:name";

    /// <summary>Present while the password is one that somebody else chose.</summary>
    public const string MustChangePasswordClaim = "noctis:must-change-password";

    /// <summary>Two letters for the round badge: first and last name's.</summary>
    public string Initials
    {
        get
        {
            var words = DisplayName.Split([' ', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries);
            return words switch
            {
                [] => "?",
                [var only] => First(only),
                [var first, .., var last] => First(first) + First(last),
            };

            // A letter may take more than one char.
            static string First(string word) => System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();
        }
    }

    /// <summary>Null when nobody is signed in.</summary>
    public static SignedInUser? From(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            return null;
        var userName = principal.Identity.Name ?? "";
        var name = principal.FindFirstValue(DisplayNameClaim) is { Length: > 0 } given ? given : userName;
        return new SignedInUser(id, userName, name, principal.IsInRole(Roles.Administrator));
    }
}
