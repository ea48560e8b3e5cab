namespace Noctis.Archive.Studies;

/// <summary>
/// Marks a property that is filled from the DICOM header: its name is the attribute's keyword in the standard, so that
/// queries can be put together from keywords too. Text is cleaned and cut to the length given, in the index only: the file
/// keeps every byte.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FromHeaderAttribute : Attribute
{
    public FromHeaderAttribute()
    {
    }

    public FromHeaderAttribute(int maxLength) => MaxLength = maxLength;

    /// <summary>Characters of text kept; 0 for what is not text.</summary>
    public int MaxLength { get; }
}
