using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class MatchingAnswerTests
{
    [Fact]
    public void Build_Answer_HasWhatWasAskedForAndTheUniqueKeys()
    {
        var identifier = new DicomDataset()
            .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
            .SetString(DicomTag.PatientID, "A*")
            .SetEmpty(DicomTag.StudyDescription)
            .SetEmpty(DicomTag.RequestAttributesSequence)
            .SetEmpty(DicomTag.ICCProfile)
            .SetString(DicomTag.StudyDate, "20260101-").SetString(DicomTag.StudyTime, "10-");
        var candidate = new DicomDataset()
            .SetString(DicomTag.PatientID, "A1").SetString(DicomTag.PatientName, "Doe").SetString(DicomTag.StudyInstanceUID, "1.2.3")
            .SetString(DicomTag.StudyDate, "20260102").SetString(DicomTag.StudyTime, "09")
            .SetValue(DicomTag.ICCProfile, DicomVR.OB, new byte[2000]);

        var answer = Answer(identifier, candidate, DicomQueryRetrieveModel.StudyRoot.UniqueKeysTo(DicomQueryRetrieveLevel.Study));

        Assert.Equal(
            [
                DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.QueryRetrieveLevel, DicomTag.StudyDescription, DicomTag.PatientID,
                DicomTag.StudyInstanceUID, DicomTag.ICCProfile, DicomTag.RequestAttributesSequence,
            ],
            answer.Select(e => e.Tag).OrderBy(t => t));
        Assert.Equal("A1", answer.GetString(DicomTag.PatientID));
        Assert.Equal("09", answer.GetString(DicomTag.StudyTime));
        Assert.Equal("STUDY", answer.GetString(DicomTag.QueryRetrieveLevel));
        Assert.True(answer[DicomTag.StudyDescription].IsEmpty);
        Assert.Equal(DicomVR.LO, answer[DicomTag.StudyDescription].VR);
        Assert.True(answer[DicomTag.ICCProfile].IsEmpty);
        Assert.IsType<DicomSequence>(answer[DicomTag.RequestAttributesSequence]);
        Assert.Empty(answer.Validate());
    }

    [Fact]
    public void Build_Sequence_HasItemsThatMatchWithWhatWasAskedFor()
    {
        DicomDataset Step(string modality, string station) => Declared("ISO_IR 100")
            .SetString(DicomTag.Modality, modality).SetString(DicomTag.ScheduledStationAETitle, station)
            .SetString(DicomTag.ScheduledPerformingPhysicianName, "Müller");

        var identifier = new DicomDataset()
            .SetSequence(DicomTag.ScheduledProcedureStepSequence, new DicomDataset()
                .SetString(DicomTag.Modality, "CT").SetEmpty(DicomTag.ScheduledPerformingPhysicianName))
            .SetSequence(DicomTag.ReferencedStudySequence);
        var candidate = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetSequence(DicomTag.ScheduledProcedureStepSequence, Step("MR", "A"), Step("CT", "B"), Step("CT", "C"))
            .SetSequence(DicomTag.ReferencedStudySequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "1.2"));
        var items = candidate.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items;

        var answer = Answer(identifier, candidate);

        var steps = answer.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items;
        Assert.Equal(2, steps.Count);
        Assert.All(steps, step => Assert.Equal([DicomTag.Modality, DicomTag.ScheduledPerformingPhysicianName], step.Select(e => e.Tag)));
        Assert.Equal("Müller", steps[0].GetString(DicomTag.ScheduledPerformingPhysicianName));
        Assert.Equal("1.2", answer.GetSequence(DicomTag.ReferencedStudySequence)!.Items[0].GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Same(candidate, items[1].OwnerSequence!.Owner);
    }

    [Fact]
    public void Build_PrivateAttribute_IsInTheBlockOfTheQuestion()
    {
        var identifier = new DicomDataset()
            .SetString(new DicomTag(0x0009, 0x0010), "ACME").SetValue(new DicomTag(0x0009, 0x1001), DicomVR.LO, default);
        var candidate = new DicomDataset()
            .SetString(new DicomTag(0x0009, 0x0010), "OTHER").SetString(new DicomTag(0x0009, 0x0011), "ACME")
            .SetValue(new DicomTag(0x0009, 0x1101), DicomVR.LO, "AB"u8.ToArray());

        var answer = Answer(identifier, candidate);

        Assert.Equal("ACME", answer.GetString(new DicomTag(0x0009, 0x0010)));
        Assert.Equal("AB", answer.GetString(new DicomTag(0x0009, 0x1001)));
        Assert.Equal(2, answer.Count);
    }

    [Fact]
    public void Build_UnsupportedKey_IsLeftOut()
    {
        var identifier = new DicomDataset(new DicomValueElement(DicomTag.ICCProfile, DicomVR.OB, new byte[2]));

        Assert.Empty(Answer(identifier, []));
    }

    /// <summary>Character set of the question and of the data set, the name, character set of the answer.</summary>
    public static TheoryData<string?, string?, string, string?> CharacterSets => new()
    {
        { null, "ISO_IR 100", "Doe", null },
        { "ISO_IR 100", null, "Doe", null },
        { "ISO_IR 100", "ISO_IR 192", "Müller", "ISO_IR 100" },
        { "ISO-IR 100", "ISO_IR 192", "Müller", "ISO_IR 100" },
        { "ISO_IR 192", "ISO_IR 100", "Müller", "ISO_IR 192" },
        { "ISO_IR 144", "ISO_IR 100", "Müller", "ISO_IR 100" },
        { null, "ISO_IR 100", "Müller", "ISO_IR 100" },
        { "KLINGON", "ISO_IR 100", "Müller", "ISO_IR 100" },
        { "ISO_IR 100", "ISO_IR 192", "山田", "ISO_IR 192" },
        { "ISO_IR 100", "GB18030", "Wang=王", "GB18030" },
        { @"\ISO 2022 IR 87", "ISO_IR 192", "Yamada=山田", @"\ISO 2022 IR 87" },
        { @"ISO 2022 IR 100\ISO 2022 IR 144", "ISO_IR 192", "MüllerЛю", @"ISO 2022 IR 100\ISO 2022 IR 144" },
        { "ISO_IR 13", "ISO_IR 192", "A~", null },
    };

    [Theory]
    [MemberData(nameof(CharacterSets))]
    public void Build_CharacterSet_IsTheRequestorsWhereTheTextFits(string? asked, string? own, string name, string? answered)
    {
        var identifier = Declared(asked).SetEmpty(DicomTag.PatientName);
        var candidate = Declared(own).SetString(DicomTag.PatientName, name);

        var answer = Answer(identifier, candidate);

        Assert.Equal(name, answer.GetString(DicomTag.PatientName));
        Assert.Equal(answered, answer.Contains(DicomTag.SpecificCharacterSet) ? string.Join('\\', answer.GetStrings(DicomTag.SpecificCharacterSet)) : null);
    }

    [Theory]
    [InlineData("ISO_IR 100", "Müller", "ISO_IR 100")]
    [InlineData(null, "Müller", "ISO_IR 192")]
    public void Build_NothingDeclaredInTheDataSet_IsDeclaredInTheAnswer(string? asked, string name, string answered)
    {
        byte[] latin1 = [.. name.Select(c => (byte)c)];
        var candidate = new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, latin1);

        var answer = Answer(Declared(asked).SetEmpty(DicomTag.PatientName), candidate);

        Assert.Equal(name, answer.GetString(DicomTag.PatientName));
        Assert.Equal(answered, answer.GetString(DicomTag.SpecificCharacterSet));
    }

    [Fact]
    public void Build_FallbackOfTheDataSet_IsReadByAndMayBeDeclared()
    {
        var candidate = new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0xD5, 0xC5 });
        candidate.FallbackCharacterSet = DicomCharacterSet.Parse("GBK");

        var answer = Answer(new DicomDataset().SetEmpty(DicomTag.PatientName), candidate);

        Assert.Equal("张", answer.GetString(DicomTag.PatientName));
        Assert.Equal("GBK", answer.GetString(DicomTag.SpecificCharacterSet));
    }

    [Fact]
    public void Build_BytesThatMeanNothing_AreQuestionMarks()
    {
        var candidate = Declared("ISO_IR 192").SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0x4A, 0xE9, 0x4B });

        Assert.Equal("J?K", Answer(new DicomDataset().SetEmpty(DicomTag.PatientName), candidate).GetString(DicomTag.PatientName));
    }

    private static DicomDataset Answer(DicomDataset identifier, DicomDataset candidate, params IEnumerable<DicomTag> also) =>
        MatchingAnswer.Build(MatchingQuery.Compile(identifier), candidate, also);

    private static DicomDataset Declared(string? terms) =>
        terms is null ? [] : new DicomDataset().SetString(DicomTag.SpecificCharacterSet, terms.Split('\\'));
}
