using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// Identifiers of C-FIND against data sets: refused as a whole, or they match or not and the answer can be made and written. An identifier
/// without values matches everything.
/// </summary>
public sealed class MatchingQueryTarget : FuzzTarget
{
    private const int HeadLength = 3;

    private static readonly DicomTransferSyntax Syntax = DicomTransferSyntax.ExplicitVRLittleEndian;

    private static readonly MatchingOptions[] Options =
    [
        MatchingOptions.Default,
        new() { TextFolding = MatchingFolding.PersonNames, CombinedDateTimeMatching = true, TimezoneQueryAdjustment = true, EmptyValueMatching = true },
        new() { MultipleValues = MultipleValueMatching.All, CombinedDateTimeMatching = true },
        new() { MaxKeys = 3, MaxDepth = 1, MaxUIDs = 2, MaxValueLength = 8 },
    ];

    private static readonly (DicomTag Tag, string[] Values)[] Keys =
    [
        (DicomTag.QueryRetrieveLevel, ["PATIENT", "STUDY", "SERIES", "IMAGE", "X"]), (DicomTag.PatientName, ["", "DOE*", "D?E^J", "*=山*", "Müller^Anna"]),
        (DicomTag.PatientID, ["", "1", "1*"]), (DicomTag.StudyDate, ["", "20260101", "20260101-", "-20260131", "20250101-20260131"]),
        (DicomTag.StudyTime, ["", "10", "10-12", "-235959"]), (DicomTag.StudyInstanceUID, ["", "1.2.3", "1.2.3\\1.2.4"]), (DicomTag.Modality, ["", "CT", "CT\\MR"]),
        (DicomTag.AcquisitionDateTime, ["", "2026", "20260101120000+0100-"]), (DicomTag.TimezoneOffsetFromUTC, ["", "+0100"]), (DicomTag.InstanceNumber, ["", "1"]),
        (DicomTag.AccessionNumber, ["", "\"\"", "A*"]), (DicomTag.SpecificCharacterSet, ["", "ISO_IR 192", "ISO_IR 100"]), (new(0x0009, 0x0010), ["NOCTIS"]), (new(0x0009, 0x1001), ["1"]),
    ];

    public override string Name => "matching-query";

    public override int MaxLength => 1024;

    public override int Cost => 10;

    public override IReadOnlyList<byte[]> Tokens { get; } =
        [.. DatasetChecks.Tokens(Syntax), "*"u8.ToArray(), "?"u8.ToArray(), "-"u8.ToArray(), "\\"u8.ToArray(), "\"\""u8.ToArray(), "="u8.ToArray()];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(9);
            for (var i = 0; i < 60; i++)
                yield return Generate(random);
        }
    }

    /// <summary>A byte for the options, two for the length of the identifier, the identifier, the data set.</summary>
    public override byte[] Generate(FuzzRandom random)
    {
        var identifier = DatasetGenerator.Encode(Some(random, 3), Syntax);
        var head = new byte[HeadLength];
        head[0] = random.NextByte();
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(1), (ushort)identifier.Length);
        return [.. head, .. identifier, .. DatasetGenerator.Encode(random.OneIn(3) ? DatasetGenerator.Any(random, false) : Some(random, 3), Syntax)];
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        if (input.Length < HeadLength)
            return;
        var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(input.Span[1..]), input.Length - HeadLength);
        DicomDataset identifier, candidate;
        try
        {
            identifier = DicomReader.ReadDataset(input.Slice(HeadLength, length), Syntax);
            candidate = DicomReader.ReadDataset(input[(HeadLength + length)..], Syntax);
        }
        catch (DicomDataException)
        {
            return;
        }

        CheckModels(identifier, features);
        MatchingQuery query;
        try
        {
            query = MatchingQuery.Compile(identifier, Options[input.Span[0] % Options.Length]);
        }
        catch (MatchingException exception)
        {
            features.NoteRefusal(exception);
            FuzzException.Unless(exception.Comment.Length <= 64, "The comment is longer than an answer can say.");
            return;
        }

        foreach (var key in query.Keys)
            features.Note(2, key.GetType().Name.Length * 64 + (key.IsUniversal ? 1 : 0));
        var matches = query.Matches(candidate);
        features.Note(3, matches ? 1 : 0);
        FuzzException.Unless(matches || query.Keys.Any(key => !key.IsUniversal), "What asks for nothing does not match.");
        if (!matches)
            return;
        var answer = MatchingAnswer.Build(query, candidate, DicomTag.SOPInstanceUID);
        features.NoteMagnitude(4, answer.Count);
        features.NoteMagnitude(5, DatasetGenerator.Encode(answer, Syntax).Length);
        DatasetChecks.ReadEveryValue(answer, features);
    }

    private static void CheckModels(DicomDataset identifier, FeatureMap features)
    {
        foreach (var model in (ReadOnlySpan<DicomQueryRetrieveModel>)[DicomQueryRetrieveModel.PatientRoot, DicomQueryRetrieveModel.StudyRoot])
        {
            try
            {
                features.Note(6, (long)model.CheckQuery(identifier));
                features.Note(7, (long)model.CheckRetrieval(identifier));
            }
            catch (MatchingException exception)
            {
                features.NoteRefusal(exception);
            }
        }
    }

    private static DicomDataset Some(FuzzRandom random, int depth)
    {
        var dataset = new DicomDataset();
        for (var count = random.Between(0, 8); count > 0; count--)
        {
            var (tag, values) = random.Of(Keys);
            var vr = tag.IsPrivate ? DicomVR.LO : DicomDictionary.GetVR(tag);
            dataset.AddOrUpdate(new DicomValueElement(tag, vr, System.Text.Encoding.UTF8.GetBytes(random.Of(values))));
        }

        if (depth > 0 && random.OneIn(3))
            dataset.AddOrUpdate(new DicomSequence(DicomTag.RequestAttributesSequence, random.OneIn(4) ? [] : [Some(random, depth - 1)]));
        return dataset;
    }
}
