using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>How our client calls the peers, and what it asks them.</summary>
internal static class InteropClient
{
    public const string AETitle = "NOCTISSCU";

    public static readonly DicomQueryRetrieveModel StudyRoot = DicomQueryRetrieveModel.StudyRoot;
    public static readonly string Worklist = DicomUID.ModalityWorklistInformationModelFind.Value;

    /// <summary>Proposes every service of the tests, and storage as SCU; or, to fetch by C-GET, as SCP.</summary>
    public static DicomClientOptions Options(int port, string calledAETitle, bool fetches = false)
    {
        var builder = new PresentationContextBuilder();
        string[] plain = [DicomUID.ExplicitVRLittleEndian.Value, DicomUID.ImplicitVRLittleEndian.Value];
        builder.Add(DicomUID.Verification.Value, plain);
        foreach (var model in DicomQueryRetrieveModel.All)
        {
            builder.Add(model.FindUid, plain);
            builder.Add(model.MoveUid, plain);
            builder.Add(model.GetUid, plain);
        }

        builder.Add(Worklist, plain);
        builder.Add(DicomUID.StorageCommitmentPushModel.Value, plain);
        builder.Add(DicomUID.ModalityPerformedProcedureStep.Value, plain);
        foreach (var storage in new[] { DicomUID.CTImageStorage.Value, DicomUID.MRImageStorage.Value })
        {
            builder.AddEach(storage, [.. plain, DicomUID.JPEGLosslessSV1.Value]);
            if (fetches)
                builder.SelectRole(storage, scu: false, scp: true);
        }

        return new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CallingAETitle = AETitle,
            CalledAETitle = calledAETitle,
            PresentationContexts = builder.BuildContexts(),
            RoleSelections = builder.BuildRoles(),
        };
    }

    public static DicomDataset Query(string level, params (DicomTag Tag, string Value)[] keys)
    {
        var identifier = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192").SetString(DicomTag.QueryRetrieveLevel, level);
        foreach (var (tag, value) in keys)
        {
            if (value.Length > 0)
                identifier.SetString(tag, value);
            else
                identifier.SetEmpty(tag);
        }

        return identifier;
    }

    /// <summary>All objects of a study.</summary>
    public static DicomDataset Study(string uid) =>
        new DicomDataset().SetString(DicomTag.QueryRetrieveLevel, "STUDY").SetString(DicomTag.StudyInstanceUID, uid);

    public static async Task<List<DicomDataset>> FindAllAsync(this DicomClient client, string sopClassUid, DicomDataset identifier)
    {
        var matches = new List<DicomDataset>();
        await foreach (var match in client.FindAsync(sopClassUid, identifier))
            matches.Add(match);
        return matches;
    }
}
