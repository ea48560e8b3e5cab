using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>How the bytes of text are characters: the meaning of Specific Character Set (0008,0005).</summary>
public sealed class DicomCharacterSet
{
    private DicomCharacterSet(IReadOnlyList<string> terms) => Terms = terms;

    /// <summary>Nothing is declared: UTF-8 where the bytes are valid UTF-8, else Latin-1.</summary>
    public static DicomCharacterSet Undeclared { get; } = new([]);

    /// <summary>Unicode in UTF-8.</summary>
    public static DicomCharacterSet Utf8 { get; } = new(["ISO_IR 192"]);

    /// <summary>The defined terms.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The character set of these terms.</summary>
    public static DicomCharacterSet Parse(params IEnumerable<string> terms) => new([.. terms]);

    /// <summary>The values of a field.</summary>
    public IReadOnlyList<string> DecodeValues(ReadOnlySpan<byte> value, DicomVR vr)
    {
        ArgumentNullException.ThrowIfNull(vr);
        if (value.IsEmpty)
            return [];
        var text = System.Text.Unicode.Utf8.IsValid(value) && this != Latin1 ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);
        return vr.IsMultiValued ? text.Split('\\') : [text];
    }

    /// <summary>The bytes of values.</summary>
    public byte[] Encode(IReadOnlyList<string> values, DicomVR vr) =>
        Terms.Count == 0 || this != Latin1 ? Encoding.UTF8.GetBytes(string.Join('\\', values)) : [];

    private static readonly DicomCharacterSet Latin1 = new(["ISO_IR 100"]);
}
