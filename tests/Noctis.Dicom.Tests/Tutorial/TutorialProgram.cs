// tutorial: usings
using System.Security.Cryptography.X509Certificates;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
// tutorial: end

namespace Noctis.Dicom.Tests.Tutorial;

/// <summary>The code of docs/tutorial.md, which is run by <see cref="TutorialTests"/>.</summary>
internal static class TutorialProgram
{
    // tutorial: echo
    public static async Task<DicomStatus> EchoAsync(string host, int port)
    {
        var contexts = new PresentationContextBuilder();
        contexts.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);

        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = host,
            Port = port,
            CallingAETitle = "TUTORIAL",
            CalledAETitle = "ARCHIVE",
            PresentationContexts = contexts.BuildContexts(),
        });
        var status = await client.EchoAsync();
        await client.ReleaseAsync();
        return status;
    }
    // tutorial: end

    // tutorial: send
    public static async Task SendAsync(string host, int port, IEnumerable<string> files)
    {
        var images = new List<RetrievableObject>();
        var contexts = new PresentationContextBuilder();
        foreach (var file in files)
        {
            var image = await RetrievableObject.FromFileAsync(file);
            images.Add(image);
            contexts.Add(image.SOPClassUID, image.TransferSyntaxUID);
        }

        await using var client = await DicomClient.ConnectAsync(Options(host, port, contexts));
        foreach (var image in images)
        {
            CStoreResponse response = await client.StoreAsync(image);
            if (!response.Status.IsSuccessOrWarning)
                Console.WriteLine($"{image.SOPInstanceUID}: {response.Status} {response.ErrorComment}");
        }

        await client.ReleaseAsync();
    }

    private static DicomClientOptions Options(string host, int port, PresentationContextBuilder contexts) => new()
    {
        Host = host,
        Port = port,
        CallingAETitle = "TUTORIAL",
        CalledAETitle = "ARCHIVE",
        PresentationContexts = contexts.BuildContexts(),
        RoleSelections = contexts.BuildRoles(),
    };
    // tutorial: end

    // tutorial: receive
    public static async Task<DicomListener> ReceiveAsync(int port, string folder)
    {
        var listener = new DicomListener(
            new DicomListenerOptions { Port = port },
            AdmitEveryone.Instance,
            DimseServices.EchoAndStore(new FolderStore(folder)));
        await listener.StartAsync();
        return listener;
    }
    // tutorial: end

    // tutorial: find
    public static async Task<List<DicomDataset>> FindStudiesAsync(string host, int port, string patientName)
    {
        var studyRoot = DicomQueryRetrieveModel.StudyRoot;
        var contexts = new PresentationContextBuilder();
        contexts.Add(studyRoot.FindUid, DicomUID.ExplicitVRLittleEndian.Value, DicomUID.ImplicitVRLittleEndian.Value);
        var question = new DicomDataset()
            .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
            .SetString(DicomTag.PatientName, patientName)
            .SetEmpty(DicomTag.StudyDate)
            .SetEmpty(DicomTag.StudyInstanceUID);

        await using var client = await DicomClient.ConnectAsync(Options(host, port, contexts));
        var studies = new List<DicomDataset>();
        await foreach (var study in client.FindAsync(studyRoot.FindUid, question))
            studies.Add(study);
        await client.ReleaseAsync();
        return studies;
    }
    // tutorial: end

    // tutorial: get
    public static async Task<ushort?> GetStudyAsync(string host, int port, string studyInstanceUid, string folder)
    {
        var studyRoot = DicomQueryRetrieveModel.StudyRoot;
        var contexts = new PresentationContextBuilder();
        contexts.Add(studyRoot.GetUid, DicomUID.ExplicitVRLittleEndian.Value);
        contexts.AddEach(DicomUID.CTImageStorage.Value, DicomUID.ExplicitVRLittleEndian.Value, DicomUID.JPEGLosslessSV1.Value);
        contexts.SelectRole(DicomUID.CTImageStorage.Value, scu: false, scp: true);
        var study = new DicomDataset()
            .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
            .SetString(DicomTag.StudyInstanceUID, studyInstanceUid);

        await using var client = await DicomClient.ConnectAsync(Options(host, port, contexts));
        CGetResponse response = await client.GetAsync(studyRoot.GetUid, study, new FolderStore(folder));
        await client.ReleaseAsync();
        return response.NumberOfCompletedSuboperations;
    }
    // tutorial: end

    // tutorial: serve
    public static async Task<DicomListener> ServeAsync(int port, string folder)
    {
        var archive = new FolderArchive(folder);
        var services = new DimseServices(
            new CEchoService(), new CStoreService(new FolderStore(folder)), new CFindService(archive), new CGetService(archive));
        var listener = new DicomListener(new DicomListenerOptions { Port = port }, AdmitEveryone.Instance, services);
        await listener.StartAsync();
        return listener;
    }
    // tutorial: end

    // tutorial: tls
    public static async Task<DicomListener> ReceiveOverTlsAsync(int port, string folder, X509Certificate2 certificate)
    {
        var listener = new DicomListener(
            new DicomListenerOptions { Port = port, Tls = new DicomTlsServerOptions { Certificate = certificate } },
            AdmitEveryone.Instance,
            DimseServices.EchoAndStore(new FolderStore(folder)));
        await listener.StartAsync();
        return listener;
    }

    public static async Task<DicomStatus> EchoOverTlsAsync(string host, int port, X509Certificate2 authority)
    {
        var contexts = new PresentationContextBuilder();
        contexts.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);
        await using var client = await DicomClient.ConnectAsync(
            Options(host, port, contexts) with { Tls = new DicomTlsClientOptions { TrustAnchors = [authority] } });
        return await client.EchoAsync();
    }
    // tutorial: end
}
