namespace Noctis.Archive;

/// <summary>An input breaks a rule; <see cref="Error.Field"/> says which.</summary>
public sealed record InvalidError(string Message) : Error(Message)
{
    public static InvalidError For(string field, string message) => new(message) { Field = field };
}
