using System.Diagnostics.CodeAnalysis;

namespace Noctis.Archive;

/// <summary>The outcome of a command that returns nothing: success, or the <see cref="Error"/> that was expected to be possible.</summary>
public readonly struct Result
{
    private Result(Error? error) => Error = error;

    public static Result Success => default;

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static Result Failure(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Result(error);
    }

    public static Result<T> Of<T>(T value) => value;

    public static implicit operator Result(Error error) => Failure(error);

    public override string ToString() => IsSuccess ? "Success" : $"{Error.GetType().Name}: {Error.Message}";
}
