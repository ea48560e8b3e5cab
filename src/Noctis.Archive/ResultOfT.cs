using System.Diagnostics.CodeAnalysis;

namespace Noctis.Archive;

/// <summary>The outcome of a command or query: a value, or the <see cref="Error"/> that was expected to be possible.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly bool _hasValue;

    private Result(T? value, Error? error)
    {
        _value = value;
        _hasValue = error is null;
        Error = error;
    }

    public Error? Error { get; }

    // A default(Result<T>) has neither value nor error: reading either says so instead of handing out a null.
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => _hasValue ? true : Error is not null ? false : throw new InvalidOperationException("The result was never set.");

    /// <exception cref="InvalidOperationException">The result is a failure: ask <see cref="IsSuccess"/> first.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"The result has no value: {Error.Message}");

    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsSuccess;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Result<T>(default, error);
    }

    /// <summary>The same outcome without the value.</summary>
    public Result WithoutValue() => IsSuccess ? Result.Success : Result.Failure(Error);

    public override string ToString() => IsSuccess ? $"Success: {_value}" : $"{Error.GetType().Name}: {Error.Message}";
}
