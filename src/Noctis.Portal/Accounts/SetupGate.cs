using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Whether the first administrator is still to be made, and the one-time code for it. The code is printed on the console,
/// lives in memory alone, is new at every start, and is good until there is an administrator: whoever reads the console owns the machine.
/// </summary>
public sealed class SetupGate(ICrossTenantDbContextFactory databases, TimeProvider time)
{
    public const int AttemptsPerMinute = 5;

    // No 0, O, 1, I, L: the code is read aloud and typed.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static readonly string AdministratorRole = Roles.Administrator.ToUpperInvariant();

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _wrong = new();
    private volatile bool _done;

    public string Code { get; } = $"{RandomNumberGenerator.GetString(Alphabet, 4)}-{RandomNumberGenerator.GetString(Alphabet, 4)}";

    /// <summary>Held while the first administrator is made, so that two people with the code do not make two.</summary>
    public SemaphoreSlim Door { get; } = new(1, 1);

    public async ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken = default)
    {
        if (_done)
            return false;
        await using var database = databases.CreateAcrossFacilities();
        // Once there has been one, there is always one: the last administrator cannot be removed.
        _done = await database.UserRoles.AnyAsync(
            userRole => database.Roles.Any(role => role.Id == userRole.RoleId && role.NormalizedName == AdministratorRole), cancellationToken);
        return !_done;
    }

    /// <summary>Compares in constant time. Wrong codes are counted for everyone together: a guesser with many addresses gains nothing.</summary>
    public SetupCodeCheck Check(string? code)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_wrong.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(1))
                _wrong.Dequeue();
            if (_wrong.Count >= AttemptsPerMinute)
                return SetupCodeCheck.TooMany;

            if (CryptographicOperations.FixedTimeEquals(Normalize(code), Normalize(Code)))
                return SetupCodeCheck.Right;
            _wrong.Enqueue(now);
            return SetupCodeCheck.Wrong;
        }
    }

    // Typed without the hyphen, with blanks, or in small letters, it is still the code.
    private static byte[] Normalize(string? code) =>
        Encoding.UTF8.GetBytes([.. (code ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
