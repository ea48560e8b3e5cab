namespace Noctis.Archive;

/// <summary>Several inputs break a rule at once, so that a form can mark them all.</summary>
public sealed record InvalidFieldsError(IReadOnlyList<Error> Errors)
    : Error(string.Join(" ", Errors.Select(error => error.Message)));
