namespace Noctis.Gateway.Admission;

/// <summary>How a title that was typed differs from the one that was meant, where the difference is a slip of the fingers.</summary>
internal enum TitleSlip
{
    /// <summary>Not a slip: another title, or the same.</summary>
    None,

    /// <summary>Upper and lower case: the commonest mistake.</summary>
    Case,

    /// <summary>Spaces, dashes or invisible characters.</summary>
    Spacing,

    /// <summary>The end is missing: some devices have room for fewer than 16 characters.</summary>
    Cut,
}
