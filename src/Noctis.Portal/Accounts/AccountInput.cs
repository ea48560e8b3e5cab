using System.ComponentModel.DataAnnotations;

namespace Noctis.Portal.Accounts;

/// <summary>What is typed to make an account, wherever one is made.</summary>
public class AccountInput
{
    [Required(ErrorMessage = "Enter the person's name.")]
    [StringLength(200, ErrorMessage = "A name has 200 characters at most.")]
    public string DisplayName { get; set; } = "";

    [Required(ErrorMessage = "Enter the person's e-mail address, or a user name.")]
    [StringLength(200, ErrorMessage = "A user name has 200 characters at most.")]
    [RegularExpression(@"\s*[^\s\p{C}]+\s*", ErrorMessage = "An e-mail address or user name holds no blanks.")]
    public string UserName { get; set; } = "";
}
