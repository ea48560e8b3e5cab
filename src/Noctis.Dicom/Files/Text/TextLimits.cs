using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>Counts what a data set that is read has taken, and stops it at the limits of the options.</summary>
internal sealed class TextLimits(DicomTextReadOptions options, TagPath path)
{
    /// <summary>Deeper data sets cannot be read back by anyone; a cycle would have no end at all.</summary>
    public const int MaxWrittenDepth = 512;

    private int _count;

    public DicomTextReadOptions Options { get; } = options;

    /// <summary>Counts an element or an item.</summary>
    public void Count(DicomTag tag)
    {
        if (++_count > Options.MaxElementCount)
            throw Fault($"The data set has more than {Options.MaxElementCount} elements, the limit set for it.", tag);
    }

    /// <summary>Goes into a sequence; <see cref="TagPath.Leave"/> goes out.</summary>
    public void Enter(DicomTag tag)
    {
        if (path.Depth >= Options.MaxDepth)
            throw Fault(TooDeep(Options), tag);
        path.Enter(tag);
    }

    /// <summary>Checks a text value before it is taken.</summary>
    public void CheckText(long length, DicomTag tag)
    {
        if (length > Options.MaxTextLength)
            throw Fault($"A value is longer than {Options.MaxTextLength} bytes, the limit set for text.", tag);
    }

    /// <summary>Checks an inline value, by its length in base64, before it is taken.</summary>
    public void CheckInline(long encodedLength, DicomTag tag)
    {
        if (encodedLength / 4 * 3 > Options.MaxInlineLength + 2L)
            throw Fault($"The inline value is longer than {Options.MaxInlineLength} bytes, the limit set for it.", tag);
    }

    /// <summary>An error that names the way to the element.</summary>
    public DicomDataException Fault(string message, DicomTag? tag, long? offset = null, Exception? cause = null)
    {
        // The exception adds the tag itself; the way to it is worth naming only inside of sequences.
        var place = path.Depth == 0 ? "" : $"In {path.ToString(tag)}: ";
        return new DicomDataException(place + message, tag, offset, cause);
    }

    public static string TooDeep(DicomTextReadOptions options) =>
        $"Sequences are nested deeper than {options.MaxDepth}, the limit set for them.";
}
