using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>
/// A unique identifier (PS3.5 clause 9) and, for those of PS3.6 annex A, what is registered of it. Every registered
/// keyword is a static property.
/// </summary>
/// <remarks>Equal when the values are equal. Immutable; safe on any thread.</remarks>
public sealed partial class DicomUID : IEquatable<DicomUID>
{
    /// <summary>The longest UID, in characters (PS3.5 9.1).</summary>
    public const int MaxLength = 64;

    private static readonly DicomUID?[] Cache = new DicomUID?[DicomUIDTable.Count];

    private DicomUID(string value, int row)
    {
        Value = value;
        if (row < 0)
        {
            Name = value;
            Keyword = "";
            Type = DicomUIDType.Unknown;
            return;
        }

        var flags = DicomUIDTable.Flags[row];
        Name = Text(DicomUIDTable.Names, DicomUIDTable.NamesOffsets, row);
        Keyword = Text(DicomUIDTable.Keywords, DicomUIDTable.KeywordsOffsets, row);
        Type = TypeNamed(DicomUIDTable.Types[flags & 63]);
        IsStorageSopClass = (flags & 64) != 0;
        IsRetired = (flags & 128) != 0;
        if (Name.Length == 0)
            Name = value;
    }

    /// <summary>Every UID of PS3.6 annex A, in ordinal order.</summary>
    public static IReadOnlyList<DicomUID> All => Lists.All;

    /// <summary>The SOP classes of the Storage Service Class (PS3.4 annex B), in ordinal order, retired ones not among them.</summary>
    public static IReadOnlyList<DicomUID> StorageSopClasses => Lists.Storage;

    /// <summary>The identifier: digits and dots.</summary>
    public string Value { get; }

    /// <summary>The name in PS3.6; the value itself when it is not registered.</summary>
    public string Name { get; }

    /// <summary>The keyword in PS3.6; empty when there is none.</summary>
    public string Keyword { get; }

    /// <summary>What it identifies; <see cref="DicomUIDType.Unknown"/> when it is not registered.</summary>
    public DicomUIDType Type { get; }

    /// <summary>Whether PS3.6 marks it retired.</summary>
    public bool IsRetired { get; }

    /// <summary>Whether it is a SOP class of the Storage Service Class (PS3.4 annex B).</summary>
    public bool IsStorageSopClass { get; }

    /// <summary>Whether it is in PS3.6 annex A.</summary>
    public bool IsRegistered => Type != DicomUIDType.Unknown;

    /// <summary>
    /// The UID of this text, after trailing spaces and zero bytes are dropped. A registered one comes with its name. The
    /// text is not checked, as peers and files do not either: use <see cref="IsValid"/>.
    /// </summary>
    public static DicomUID Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value = value.TrimEnd(' ', '\0');
        var row = FindRow(value);
        return row < 0 ? new DicomUID(value, -1) : Registered(row);
    }

    /// <summary>The registered UID of this value; null when PS3.6 has none such.</summary>
    public static DicomUID? Find(string? value)
    {
        if (value is null)
            return null;
        var row = FindRow(value.AsSpan().TrimEnd(" \0"));
        return row < 0 ? null : Registered(row);
    }

    /// <summary>A new UID under 2.25: a random UUID as one decimal number (PS3.5 B.2). Unique without a registration.</summary>
    public static DicomUID Generate()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        var number = new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return new DicomUID("2.25." + ((BigInteger)number).ToString(System.Globalization.CultureInfo.InvariantCulture), -1);
    }

    /// <summary>
    /// Whether the text is a UID: 1 to 64 characters, digits in components parted by single dots, no component with a
    /// leading zero unless it is 0 (PS3.5 9.1).
    /// </summary>
    public static bool IsValid([NotNullWhen(true)] string? value)
    {
        if (value is null || value.Length is 0 or > MaxLength)
            return false;
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] != '.')
            {
                if (!char.IsAsciiDigit(value[i]))
                    return false;
                continue;
            }

            if (i == start || (value[start] == '0' && i - start > 1))
                return false;
            start = i + 1;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DicomUID? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DicomUID);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The identifier: digits and dots.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both have the same value.</summary>
    public static bool operator ==(DicomUID? left, DicomUID? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(DicomUID? left, DicomUID? right) => !(left == right);

    private static DicomUID Registered(int row) =>
        Cache[row] ??= new DicomUID(Text(DicomUIDTable.Values, DicomUIDTable.ValuesOffsets, row), row);

    private static int FindRow(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxLength || !Ascii.IsValid(value))
            return -1;
        Span<byte> wanted = stackalloc byte[value.Length];
        Ascii.FromUtf16(value, wanted, out _);
        var offsets = DicomUIDTable.ValuesOffsets;
        int low = 0, high = DicomUIDTable.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = DicomUIDTable.Values[offsets[middle]..offsets[middle + 1]].SequenceCompareTo(wanted);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private static string Text(ReadOnlySpan<byte> texts, ReadOnlySpan<int> offsets, int row) =>
        Encoding.UTF8.GetString(texts[offsets[row]..offsets[row + 1]]);

    private static DicomUIDType TypeNamed(string name) => name switch
    {
        "SOP Class" => DicomUIDType.SopClass,
        "Meta SOP Class" => DicomUIDType.MetaSopClass,
        "Transfer Syntax" => DicomUIDType.TransferSyntax,
        "Application Context Name" => DicomUIDType.ApplicationContextName,
        "Service Class" => DicomUIDType.ServiceClass,
        "Well-known SOP Instance" => DicomUIDType.WellKnownSopInstance,
        "Well-known frame of reference" => DicomUIDType.WellKnownFrameOfReference,
        "Synchronization Frame of Reference" => DicomUIDType.SynchronizationFrameOfReference,
        "Coding Scheme" or "DICOM UIDs as a Coding Scheme" => DicomUIDType.CodingScheme,
        "Application Hosting Model" => DicomUIDType.ApplicationHostingModel,
        "Mapping Resource" => DicomUIDType.MappingResource,
        "LDAP OID" => DicomUIDType.LdapOid,
        _ => throw new InvalidOperationException($"DicomUIDTable has a type without a member of DicomUIDType: {name}."),
    };

    private static class Lists
    {
        internal static readonly IReadOnlyList<DicomUID> All = [.. Enumerable.Range(0, DicomUIDTable.Count).Select(Registered)];

        internal static readonly IReadOnlyList<DicomUID> Storage = [.. All.Where(u => u.IsStorageSopClass)];
    }
}
