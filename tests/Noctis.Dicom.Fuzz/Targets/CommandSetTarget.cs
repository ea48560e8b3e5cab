using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>Command sets: refused as a whole, or every element can be asked for.</summary>
public sealed class CommandSetTarget : FuzzTarget
{
    private static readonly DicomTag[] Tags =
    [
        DicomTag.CommandGroupLength, DicomTag.AffectedSOPClassUID, DicomTag.RequestedSOPClassUID, DicomTag.CommandField, DicomTag.MessageID,
        DicomTag.MessageIDBeingRespondedTo, DicomTag.MoveDestination, DicomTag.Priority, DicomTag.CommandDataSetType, DicomTag.Status,
        DicomTag.OffendingElement, DicomTag.ErrorComment, DicomTag.ErrorID, DicomTag.AffectedSOPInstanceUID, DicomTag.RequestedSOPInstanceUID,
        DicomTag.EventTypeID, DicomTag.AttributeIdentifierList, DicomTag.ActionTypeID, DicomTag.NumberOfRemainingSuboperations,
        DicomTag.MoveOriginatorApplicationEntityTitle, DicomTag.MoveOriginatorMessageID, DicomTag.PatientName,
    ];

    public override string Name => "command-set";

    public override int MaxLength => 512;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. Tags.Select(tag => new byte[] { 0, 0, (byte)tag.Element, (byte)(tag.Element >> 8), 2, 0, 0, 0, 1, 0 }),
        [1, 1], [0x30, 0], [0x30, 0x80], [0xFF, 0x0F],
    ];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(3);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
        }
    }

    public override byte[] Generate(FuzzRandom random)
    {
        var set = new DicomDataset();
        set.SetUInt16(DicomTag.CommandField, random.Of<ushort>([0x0001, 0x8001, 0x0010, 0x0020, 0x8020, 0x0021, 0x0030, 0x8030, 0x0FFF, 0x0100, 0x0130]));
        set.SetUInt16(DicomTag.CommandDataSetType, random.Of<ushort>([0x0101, 0x0000, 0x0001]));
        foreach (var tag in Tags[1..^1])
        {
            if (set.Contains(tag) || random.OneIn(2))
                continue;
            var vr = DicomDictionary.GetVR(tag);
            set.AddOrUpdate(new DicomValueElement(tag, vr, vr.IsText ? "1.2.840.10008.1.1\0"u8.ToArray() : random.Bytes(vr.UnitSize * 2)));
        }

        return DatasetGenerator.Encode(set, DicomTransferSyntax.ImplicitVRLittleEndian);
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        CommandSet set;
        try
        {
            set = CommandSet.Read(input);
        }
        catch (PduException exception)
        {
            features.NoteRefusal(exception);
            return;
        }

        features.Note(2, (long)set.Field);
        features.Note(3, (set.HasDataset ? 1 : 0) | (set.IsResponse ? 2 : 0));
        features.NoteMagnitude(4, set.SOPClassUID?.Length ?? -1);
        features.NoteMagnitude(5, set.SOPInstanceUID?.Length ?? -1);
        foreach (var tag in Tags)
        {
            if (set.Contains(tag))
                features.Note(6, tag.Value);
            FuzzException.Unless(set.Contains(tag) || (set.GetString(tag) is null && set.GetUInt16(tag) is null), $"{tag} is not there and has a value.");
            features.NoteMagnitude(7, set.GetString(tag)?.Length ?? -1);
            _ = set.GetUInt16(tag);
        }

        CompareWithReader(input, set, features);
    }

    /// <summary>The reader of data sets knows group 0000 as well: where it reads a command set, it reads the same.</summary>
    private static void CompareWithReader(ReadOnlyMemory<byte> input, CommandSet set, FeatureMap features)
    {
        DicomDataset dataset;
        try
        {
            dataset = DicomReader.ReadDataset(input, DicomTransferSyntax.ImplicitVRLittleEndian);
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
            return;
        }

        // Of an element that stands twice the first counts in the one and the last in the other; zeros at the end are padding here.
        foreach (var element in dataset)
            FuzzException.Unless(set.Contains(element.Tag), $"The reader finds {element.Tag}, the command set does not.");
    }
}
