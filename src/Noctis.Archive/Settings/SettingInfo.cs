namespace Noctis.Archive.Settings;

/// <summary>What a page and the documentation say of a setting.</summary>
/// <param name="Section">The section of <see cref="FacilitySettings"/>, such as Network.</param>
/// <param name="Name">The property in the section, such as MaxAssociations.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Sentence">One sentence of what it does.</param>
/// <param name="Default">Its default, in words.</param>
/// <param name="Range">What is allowed, in words.</param>
public sealed record SettingInfo(string Section, string Name, string Title, string Sentence, string Default, string Range)
{
    /// <summary>The least and the most, for numbers.</summary>
    public (int Least, int Most)? Limits { get; init; }

    /// <summary>What the number counts, such as "seconds".</summary>
    public string? Unit { get; init; }

    /// <summary>It touches what facilities share, the server's addresses and memory, or its files: administrators alone change it.</summary>
    public bool IsForAdministrators { get; init; }
}
