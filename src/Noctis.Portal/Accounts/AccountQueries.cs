namespace Noctis.Portal.Accounts;

public sealed class AccountQueries
{
}
