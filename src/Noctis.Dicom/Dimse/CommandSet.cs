using System.Buffers.Binary;
using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse;

/// <summary>
/// The command set of a received message: the elements of group 0000, flat and always in Implicit VR Little Endian
/// (PS3.7 6.3.1). Immutable; safe on any thread.
/// </summary>
/// <remarks>
/// <code>
///  byte   field, of each element
///  1-2    group, 0000H
///  3-4    element, little endian
///  5-8    value length, little endian
///  9-     value
/// </code>
/// Command Group Length is not tested: some senders count wrongly, and the last fragment says where the set ends. Elements
/// that the standard has retired, or does not know, are kept and otherwise ignored. Of an element that stands twice the first counts.
/// </remarks>
public sealed class CommandSet
{
    /// <summary>
    /// The longest command set that is taken, in bytes: 64 KiB, a thousand times an ordinary one; lists of attributes or
    /// offending elements are what can make one long.
    /// </summary>
    public const int MaxLength = 64 * 1024;

    private const int ElementHeaderLength = 8;
    private const ushort NoDataset = 0x0101;

    private readonly ReadOnlyMemory<byte> _bytes;

    private CommandSet(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Which message it is.</summary>
    public CommandField Field { get; private init; }

    /// <summary>A data set follows: Command Data Set Type, (0000,0800), is not 0101H.</summary>
    public bool HasDataset { get; private init; }

    /// <summary>It is a response.</summary>
    public bool IsResponse => ((ushort)Field & 0x8000) != 0;

    /// <summary>Message ID, (0000,0110), of a request.</summary>
    public ushort? MessageID => GetUInt16(DicomTag.MessageID);

    /// <summary>Message ID Being Responded To, (0000,0120), of a response or a C-CANCEL-RQ.</summary>
    public ushort? MessageIDBeingRespondedTo => GetUInt16(DicomTag.MessageIDBeingRespondedTo);

    /// <summary>Affected SOP Class UID, (0000,0002), or else Requested SOP Class UID, (0000,0003).</summary>
    public string? SOPClassUID => GetString(DicomTag.AffectedSOPClassUID) ?? GetString(DicomTag.RequestedSOPClassUID);

    /// <summary>Affected SOP Instance UID, (0000,1000), or else Requested SOP Instance UID, (0000,1001).</summary>
    public string? SOPInstanceUID => GetString(DicomTag.AffectedSOPInstanceUID) ?? GetString(DicomTag.RequestedSOPInstanceUID);

    /// <summary>Reads a command set.</summary>
    /// <param name="bytes">The whole command set, which is kept and must not change.</param>
    /// <exception cref="PduException">It is no command set, or says neither which message it is nor whether a data set follows.</exception>
    public static CommandSet Read(ReadOnlyMemory<byte> bytes)
    {
        Validate(bytes.Span);
        var set = new CommandSet(bytes);
        var field = set.GetUInt16(DicomTag.CommandField)
            ?? throw Invalid("A command set has no Command Field (0000,0100).");
        var datasetType = set.GetUInt16(DicomTag.CommandDataSetType)
            ?? throw Invalid("A command set has no Command Data Set Type (0000,0800).");
        return new CommandSet(bytes) { Field = (CommandField)field, HasDataset = datasetType != NoDataset };
    }

    /// <summary>Whether the element is there, with or without a value.</summary>
    /// <param name="tag">A tag of group 0000.</param>
    public bool Contains(DicomTag tag) => TryFind(tag, out _);

    /// <summary>The first value of an element of VR US; null when it is not there or not two bytes long at least.</summary>
    /// <param name="tag">A tag of group 0000.</param>
    public ushort? GetUInt16(DicomTag tag) =>
        TryFind(tag, out var value) && value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    /// <summary>The value of an element of text, without leading and trailing spaces and zero bytes; null when it is not there or empty.</summary>
    /// <param name="tag">A tag of group 0000.</param>
    public string? GetString(DicomTag tag)
    {
        if (!TryFind(tag, out var value))
            return null;
        value = value.Trim((ReadOnlySpan<byte>)[(byte)' ', 0]);
        return value.IsEmpty ? null : Encoding.Latin1.GetString(value);
    }

    /// <summary>The values of an element of VR AT; none when it is not there or empty.</summary>
    /// <param name="tag">A tag of group 0000.</param>
    public IReadOnlyList<DicomTag> GetTags(DicomTag tag)
    {
        if (!TryFind(tag, out var value) || value.Length < 4)
            return [];
        var tags = new DicomTag[value.Length / 4];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new DicomTag(
                BinaryPrimitives.ReadUInt16LittleEndian(value[(4 * i)..]), BinaryPrimitives.ReadUInt16LittleEndian(value[((4 * i) + 2)..]));
        }

        return tags;
    }

    private bool TryFind(DicomTag tag, out ReadOnlySpan<byte> value)
    {
        var rest = _bytes.Span;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) == tag.Element && tag.Group == 0)
            {
                value = rest.Slice(ElementHeaderLength, length);
                return true;
            }

            rest = rest[(ElementHeaderLength + length)..];
        }

        value = default;
        return false;
    }

    private static void Validate(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > MaxLength)
            throw Invalid($"A command set of {rest.Length} bytes is longer than the {MaxLength} bytes that are taken here.");

        while (!rest.IsEmpty)
        {
            if (rest.Length < ElementHeaderLength)
                throw Invalid("A command set ends inside an element.");
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest) != 0)
                throw Invalid("A command set holds an element outside group 0000; is it not in Implicit VR Little Endian?");
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - ElementHeaderLength)
                throw Invalid($"Element (0000,{BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]):X4}) of a command set reaches beyond its end.");
            rest = rest[(ElementHeaderLength + (int)length)..];
        }
    }

    private static PduException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);
}
