using System.Security.Cryptography;
using System.Text;
using Noctis.Archive;
using Noctis.Archive.Accounts;

namespace Noctis.Portal.Accounts;

/// <summary>
/// Whether the first administrator is still to be made, and the one-time code for it. The code is printed on the console,
/// lives in memory alone, is new at every start, and is good until there is an administrator: whoever reads the console owns the machine.
/// </summary>
public sealed class SetupGate(AccountQueries queries, AccountCommands accounts, TimeProvider time)
{
    public const int AttemptsPerMinute = 5;

    // No 0, O, 1, I, L: the code is read aloud and typed.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _wrong = new();
    private volatile bool _done;

    public string Code { get; } = $"{RandomNumberGenerator.GetString(Alphabet, 4)}-{RandomNumberGenerator.GetString(Alphabet, 4)}";

    public async ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken = default)
    {
        // Once there has been an account there is always one, so yes is asked for once.
        if (!_done)
            _done = await queries.IsSetUpAsync(cancellationToken);
        return !_done;
    }

    /// <summary>Makes the first administrator for whoever has the code.</summary>
    public async Task<Result<Guid>> SetUpAsync(string? code, NewAccount account, CancellationToken cancellationToken = default)
    {
        // That it is over is said before the code is looked at: afterwards nobody can try codes.
        if (!await IsNeededAsync(cancellationToken))
            return new ConflictError("Noctis is set up already. Sign in, or ask an administrator for an account.");
        return Check(code) switch
        {
            SetupCodeCheck.Right => await accounts.CreateFirstAdministratorAsync(account, cancellationToken),
            SetupCodeCheck.Wrong => InvalidError.For(nameof(Code), "That is not the code. It stands on the console where Noctis was started, and is new after every start."),
            _ => InvalidError.For(nameof(Code), "Too many wrong codes. Wait a minute, then try again."),
        };
    }

    /// <summary>Compares in constant time. Wrong codes are counted for everyone together: a guesser with many addresses gains nothing.</summary>
    internal SetupCodeCheck Check(string? code)
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
