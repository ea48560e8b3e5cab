using System.Globalization;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>Makes the data set of one record from an object's data set.</summary>
internal static class DirectoryRecordMaker
{
    /// <summary>What stands in for a date that nothing tells (type 1 keys must have a value).</summary>
    private const string UnknownDate = "19000101";

    /// <summary>Makes a record that refers to nothing yet.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="source">The object.</param>
    /// <param name="number">Which one it is in its directory entity, from 1: for stand-ins.</param>
    public static DicomDataset Make(string type, DicomDataset source, int number)
    {
        var record = new DicomDataset()
            .SetUInt32(DicomTag.OffsetOfTheNextDirectoryRecord, 0)
            .SetUInt16(DicomTag.RecordInUseFlag, 0xFFFF)
            .SetUInt32(DicomTag.OffsetOfReferencedLowerLevelDirectoryEntity, 0)
            .SetString(DicomTag.DirectoryRecordType, type);
        foreach (var key in DirectoryKeys.Of(type))
            Add(record, key, source, type, number);

        // Required where a key has other characters than those of the default repertoire; harmless elsewhere.
        if (record.Any(e => e.VR.UsesSpecificCharacterSet || e.VR.IsSequence)
            && source.TryGetElement(DicomTag.SpecificCharacterSet, out var characterSet) && !characterSet.IsEmpty)
        {
            record.AddOrUpdate(characterSet);
        }

        return record;
    }

    private static void Add(DicomDataset record, DirectoryKey key, DicomDataset source, string type, int number)
    {
        if (Value(key.Tag, source) is { } element)
            record.Add(element);
        else if (key.Type == DirectoryKeyType.RequiredOrEmpty)
            record.SetEmpty(key.Tag);
        else if (key.Type == DirectoryKeyType.Required)
            AddStandIn(record, key.Tag, source, type, number);
    }

    /// <summary>The value of a key, copied: what is in a record must not share items with the object.</summary>
    private static DicomElement? Value(DicomTag tag, DicomDataset source)
    {
        if (tag == DicomTag.VerificationDateTime)
            return LastVerification(source);
        if (!source.TryGetElement(tag, out var element) || element.IsEmpty)
            return null;
        if (element is DicomValueElement value)
            return source.GetString(tag) is null && value.VR.IsText ? null : value;
        if (element is not DicomSequence sequence)
            return null;

        // Of a document's content only what modifies its title (PS3.3 F.5.24).
        var items = sequence.Items.Where(i => tag != DicomTag.ContentSequence || i.GetString(DicomTag.RelationshipType) == "HAS CONCEPT MOD");
        var copies = items.Select(Copy).ToList();
        return copies.Count == 0 ? null : new DicomSequence(tag, copies);
    }

    private static DicomDataset Copy(DicomDataset item) => new(item.Select(e => e is DicomSequence sequence
        ? new DicomSequence(sequence.Tag, sequence.VR, sequence.Items.Select(Copy))
        : e));

    /// <summary>Of a verified document: when it was last verified (PS3.3 F.5.24).</summary>
    private static DicomElement? LastVerification(DicomDataset source)
    {
        if (source.GetString(DicomTag.VerificationFlag) != "VERIFIED")
            return null;
        var last = source.GetSequence(DicomTag.VerifyingObserverSequence)?.Items.MaxBy(i => i.GetString(DicomTag.VerificationDateTime) ?? "", StringComparer.Ordinal);
        return last is not null && last.TryGetElement(DicomTag.VerificationDateTime, out var moment) && !moment.IsEmpty ? moment : null;
    }

    /// <summary>Objects in practice lack keys that records must have: what can be told from elsewhere, else a plain stand-in. A patient
    /// without an ID gets the UID of the study, so that no two become one.</summary>
    private static void AddStandIn(DicomDataset record, DicomTag tag, DicomDataset source, string type, int number)
    {
        var vr = DicomDictionary.GetVR(tag);
        if (vr.IsSequence)
        {
            record.SetEmpty(tag);
            return;
        }

        var text = vr.Code switch
        {
            "DA" => Date(source) ?? UnknownDate,
            "TM" => "000000",
            "DT" => (Date(source) ?? UnknownDate) + "000000",
            "CS" when tag == DicomTag.Modality => "OT",
            "CS" when tag == DicomTag.CompletionFlag => "PARTIAL",
            "CS" when tag == DicomTag.VerificationFlag => "UNVERIFIED",
            "CS" => "UNKNOWN",
            "IS" or "US" or "UL" => number.ToString(CultureInfo.InvariantCulture),
            _ when tag == DicomTag.MIMETypeOfEncapsulatedDocument => "application/octet-stream",
            _ when tag == DicomTag.PatientID => source.GetString(DicomTag.StudyInstanceUID)!,
            "UI" => throw new DicomDataException($"The object has no {DicomDictionary.GetKeyword(tag)}, which a {type} record must have.", tag),
            _ => string.Create(CultureInfo.InvariantCulture, $"{type.Replace(' ', '_')}{number}"),
        };
        record.SetString(tag, text.Length > 16 && vr.MaxLength == 16 ? text[..16] : text);
    }

    private static string? Date(DicomDataset source)
    {
        foreach (var tag in new[] { DicomTag.StudyDate, DicomTag.SeriesDate, DicomTag.AcquisitionDate, DicomTag.ContentDate, DicomTag.InstanceCreationDate })
        {
            if (source.GetDate(tag) is { } date)
                return date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        }

        return null;
    }
}
