namespace Noctis.Archive;

/// <summary>
/// An expected failure. <see cref="Message"/> is a sentence a user can act on: what is wrong, the rule, the fix.
/// It never holds patient data. A bug is an exception instead.
/// </summary>
public abstract record Error(string Message)
{
    /// <summary>The name of the input that is wrong, as the command's parameter or the form's property is called; null when the failure is not about one input.</summary>
    public string? Field { get; init; }
}
