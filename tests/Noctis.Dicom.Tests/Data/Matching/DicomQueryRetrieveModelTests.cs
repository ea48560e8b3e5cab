using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class DicomQueryRetrieveModelTests
{
    private static readonly Dictionary<string, DicomQueryRetrieveModel> Models = new()
    {
        ["patient"] = DicomQueryRetrieveModel.PatientRoot,
        ["study"] = DicomQueryRetrieveModel.StudyRoot,
    };

    /// <summary>Model, level, unique keys as tag=value, the attribute that a query and that a retrieval is refused for; "" for none.</summary>
    public static TheoryData<string, string?, string, string, string> Identifiers => new()
    {
        { "patient", "PATIENT", "", "", "PatientID" },
        { "patient", "PATIENT", "PatientID=A", "", "" },
        { "patient", "PATIENT", "PatientID=A*", "", "PatientID" },
        { "patient", "PATIENT", "PatientID=A\\B", "", "PatientID" },
        { "patient", "STUDY", "", "PatientID", "PatientID" },
        { "patient", "STUDY", "PatientID=*", "PatientID", "PatientID" },
        { "patient", "STUDY", "PatientID=A\\B", "PatientID", "PatientID" },
        { "patient", "STUDY", "PatientID= ", "PatientID", "PatientID" },
        { "patient", "STUDY", "PatientID=A", "", "StudyInstanceUID" },
        { "patient", "STUDY", "PatientID=A;StudyInstanceUID=1.2\\1.3", "", "" },
        { "patient", "SERIES", "PatientID=A", "StudyInstanceUID", "StudyInstanceUID" },
        { "patient", "SERIES", "PatientID=A;StudyInstanceUID=1.2\\1.3", "StudyInstanceUID", "StudyInstanceUID" },
        { "patient", "IMAGE", "PatientID=A;StudyInstanceUID=1.2;SeriesInstanceUID=1.3", "", "SOPInstanceUID" },
        { "study", "STUDY", "", "", "StudyInstanceUID" },
        { "study", "STUDY", "StudyInstanceUID=1.2", "", "" },
        { "study", "SERIES", "StudyInstanceUID=1.2;SeriesInstanceUID=1.3", "", "" },
        { "study", "SERIES", "SeriesInstanceUID=1.3", "StudyInstanceUID", "StudyInstanceUID" },
        { "study", "IMAGE", "StudyInstanceUID=1.2;SOPInstanceUID=1.4", "SeriesInstanceUID", "SeriesInstanceUID" },
        { "study", "IMAGE", "StudyInstanceUID=1.2;SeriesInstanceUID=1.3;SOPInstanceUID=1.4\\1.5", "", "" },
        { "study", "PATIENT", "PatientID=A", "QueryRetrieveLevel", "QueryRetrieveLevel" },
        { "study", "FRAME", "", "QueryRetrieveLevel", "QueryRetrieveLevel" },
        { "study", "STUDY\\SERIES", "", "QueryRetrieveLevel", "QueryRetrieveLevel" },
        { "study", null, "", "QueryRetrieveLevel", "QueryRetrieveLevel" },
    };

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void Check_Identifier_IsRefusedForTheAttributeOfTheTable(string model, string? level, string keys, string query, string retrieval)
    {
        var identifier = new DicomDataset();
        if (level is not null)
            identifier.SetString(DicomTag.QueryRetrieveLevel, level);
        foreach (var key in keys.Split(';', StringSplitOptions.RemoveEmptyEntries))
            identifier.SetString(DicomTag.Parse(key.Split('=')[0]), key.Split('=')[1]);

        Assert.Equal(query, Outcome(() => Models[model].CheckQuery(identifier), level));
        Assert.Equal(retrieval, Outcome(() => Models[model].CheckRetrieval(identifier), level));
    }

    [Fact]
    public void Check_Relational_AsksForNothingAboveTheLevel()
    {
        var identifier = new DicomDataset().SetString(DicomTag.QueryRetrieveLevel, "SERIES").SetString(DicomTag.SeriesInstanceUID, "1.3");

        Assert.Equal(DicomQueryRetrieveLevel.Series, DicomQueryRetrieveModel.PatientRoot.CheckQuery(identifier, isRelational: true));
        Assert.Equal(DicomQueryRetrieveLevel.Series, DicomQueryRetrieveModel.PatientRoot.CheckRetrieval(identifier, isRelational: true));
    }

    [Fact]
    public void Keys_OfEachLevel_AreThoseOfTheStandard()
    {
        var (patientRoot, studyRoot) = (DicomQueryRetrieveModel.PatientRoot, DicomQueryRetrieveModel.StudyRoot);

        Assert.Equal([DicomTag.PatientID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID], patientRoot.UniqueKeysTo(DicomQueryRetrieveLevel.Series));
        Assert.Equal([DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID], studyRoot.UniqueKeysTo(DicomQueryRetrieveLevel.Series));
        Assert.DoesNotContain(DicomTag.PatientName, patientRoot.RequiredKeys(DicomQueryRetrieveLevel.Study));
        Assert.Contains(DicomTag.PatientName, studyRoot.RequiredKeys(DicomQueryRetrieveLevel.Study));
        Assert.Equal("IMAGE", DicomQueryRetrieveModel.LevelName(DicomQueryRetrieveLevel.Image));
    }

    [Fact]
    public void OfSOPClass_FindMoveAndGet_AreOfTheirModel()
    {
        Assert.Same(DicomQueryRetrieveModel.PatientRoot, DicomQueryRetrieveModel.OfSOPClass(DicomUID.PatientRootQueryRetrieveInformationModelFind));
        Assert.Same(DicomQueryRetrieveModel.PatientRoot, DicomQueryRetrieveModel.OfSOPClass(DicomUID.PatientRootQueryRetrieveInformationModelGet));
        Assert.Same(DicomQueryRetrieveModel.StudyRoot, DicomQueryRetrieveModel.OfSOPClass(DicomUID.StudyRootQueryRetrieveInformationModelMove));
        Assert.Same(DicomQueryRetrieveModel.PatientStudyOnly, DicomQueryRetrieveModel.OfSOPClass(DicomUID.PatientStudyOnlyQueryRetrieveInformationModelFind));
        Assert.Null(DicomQueryRetrieveModel.OfSOPClass(DicomUID.Verification));
    }

    private static string Outcome(Func<DicomQueryRetrieveLevel> check, string? level)
    {
        try
        {
            Assert.Equal(level, DicomQueryRetrieveModel.LevelName(check()));
            return "";
        }
        catch (MatchingException e)
        {
            return DicomDictionary.GetKeyword(e.Tag!.Value);
        }
    }
}
