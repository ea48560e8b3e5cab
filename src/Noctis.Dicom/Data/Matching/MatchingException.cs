namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// An identifier that cannot be answered: C-FIND, C-MOVE and C-GET refuse it with status A900 (PS3.4 C.4.1.1.4, Table
/// C.4-1), <see cref="Tag"/> as Offending Element (0000,0901) and <see cref="Comment"/> as Error Comment (0000,0902).
/// </summary>
/// <remarks>Messages name attributes and rules, never the values, which may be a patient's.</remarks>
public sealed class MatchingException : Exception
{
    /// <summary>The longest Error Comment, an LO.</summary>
    private const int MaxCommentLength = 64;

    /// <summary>Makes an exception without an attribute.</summary>
    public MatchingException()
    {
    }

    /// <summary>Makes an exception without an attribute.</summary>
    public MatchingException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception without an attribute.</summary>
    public MatchingException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Makes an exception about an attribute.</summary>
    /// <param name="tag">The attribute.</param>
    /// <param name="reason">What is wrong with it, in a few words: "not a date or a range of dates".</param>
    public MatchingException(DicomTag tag, string reason) : base($"{Name(tag)}: {reason}. [{tag}]")
    {
        ArgumentNullException.ThrowIfNull(reason);
        Tag = tag;
        var comment = $"{Name(tag)}: {reason}";
        Comment = comment.Length <= MaxCommentLength ? comment : reason.Length <= MaxCommentLength ? reason : reason[..MaxCommentLength];
    }

    /// <summary>The attribute in question; of an item, the attribute within it.</summary>
    public DicomTag? Tag { get; }

    /// <summary>The reason for whoever sent the identifier: at most 64 characters of the default repertoire.</summary>
    public string Comment { get; } = "The identifier is not valid";

    private static string Name(DicomTag tag) => DicomDictionary.GetKeyword(tag) is { Length: > 0 } keyword ? keyword : tag.ToString();
}
