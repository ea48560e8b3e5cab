namespace Noctis.Portal.Accounts;

internal enum SetupCodeCheck
{
    Right,
    Wrong,

    /// <summary>Too many wrong codes within a minute: not even the right one is taken now.</summary>
    TooMany,
}
