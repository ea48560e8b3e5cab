using System.Runtime.CompilerServices;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Dimse;

/// <summary>Answers a query with as many matches as a test wants, and with whatever else it wants.</summary>
internal sealed class ScriptedFind : IFindProvider
{
    public List<CFindRequest> Requests { get; } = [];

    public Func<CFindRequest, CancellationToken, IAsyncEnumerable<CFindMatch>> OnFind { get; set; } = (_, _) => Numbered(0);

    public IAsyncEnumerable<CFindMatch> FindAsync(CFindRequest request, Association association, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return OnFind(request, cancellationToken);
    }

    public static DicomDataset Match(int number) => new DicomDataset()
        .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
        .SetString(DicomTag.StudyInstanceUID, $"1.2.3.{number}")
        .SetString(DicomTag.PatientName, $"Phantom^{number}");

    public static async IAsyncEnumerable<CFindMatch> Numbered(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            if (i % 3 == 0)
                await Task.Yield();
            yield return new CFindMatch(Match(i));
        }
    }

    /// <summary>Matches without end, until told to stop.</summary>
    public static async IAsyncEnumerable<CFindMatch> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new CFindMatch(Match(i));
        }
    }

    /// <summary>One match, and then nothing more until told to stop.</summary>
    public static async IAsyncEnumerable<CFindMatch> OneThenSilence([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new CFindMatch(Match(1));
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}

/// <summary>Has objects, and sends where a test says.</summary>
internal sealed class ScriptedArchive : IRetrieveProvider, IMoveDestinations
{
    public List<RetrieveRequest> Requests { get; } = [];

    public List<RetrievableObject> Objects { get; } = [];

    public Dictionary<string, DicomClientOptions> Destinations { get; } = [];

    public ValueTask<IReadOnlyList<RetrievableObject>> FindAsync(RetrieveRequest request, Association association, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return ValueTask.FromResult<IReadOnlyList<RetrievableObject>>([.. Objects]);
    }

    public ValueTask<DicomClientOptions?> FindAsync(string aeTitle, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Destinations.GetValueOrDefault(aeTitle));

    public void AddPhantoms(int count, DicomTransferSyntax? syntax = null) =>
        Objects.AddRange(Enumerable.Range(1, count).Select(i => new PhantomObject(i, syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian)));
}

/// <summary>A phantom image that can be sent.</summary>
internal sealed class PhantomObject(int number, DicomTransferSyntax syntax) : RetrievableObject
{
    public PhantomImage Image { get; } = new() { InstanceNumber = number, TransferSyntax = syntax, SOPInstanceUID = $"1.2.3.4.{number}", PixelBytes = 8192 };

    /// <summary>What happens before it is opened.</summary>
    public Action OnOpen { get; init; } = () => { };

    public override string SOPClassUID => Image.SOPClassUID;

    public override string SOPInstanceUID => Image.SOPInstanceUID;

    public override string TransferSyntaxUID => syntax.UID.Value;

    public override async ValueTask<Stream> OpenDatasetAsync(CancellationToken cancellationToken)
    {
        OnOpen();
        var stream = new MemoryStream();
        await Noctis.Dicom.Files.DicomWriter.WriteDatasetAsync(stream, Image.ToDataset(), syntax, null, cancellationToken);
        stream.Position = 0;
        return stream;
    }
}

internal static class QueryRetrieveClient
{
    public static readonly string Find = DicomQueryRetrieveModel.StudyRoot.FindUid;
    public static readonly string Move = DicomQueryRetrieveModel.StudyRoot.MoveUid;
    public static readonly string Get = DicomQueryRetrieveModel.StudyRoot.GetUid;

    public static DicomDataset StudyIdentifier => new DicomDataset()
        .SetString(DicomTag.QueryRetrieveLevel, "STUDY")
        .SetString(DicomTag.PatientName, "Phantom*")
        .SetEmpty(DicomTag.StudyInstanceUID);

    /// <summary>Verification, the Study Root model, and CT storage in which we are SCP.</summary>
    public static DicomClientOptions Options(TestListener server, params string[] storageSyntaxes)
    {
        var builder = new PresentationContextBuilder();
        builder.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);
        foreach (var uid in new[] { Find, Move, Get })
            builder.Add(uid, DicomUID.ExplicitVRLittleEndian.Value, DicomUID.ImplicitVRLittleEndian.Value);
        builder.AddEach(DicomUID.CTImageStorage.Value, storageSyntaxes.Length > 0 ? storageSyntaxes : [DicomUID.ExplicitVRLittleEndian.Value]);
        builder.SelectRole(DicomUID.CTImageStorage.Value, scu: false, scp: true);
        return server.ClientOptions([.. builder.BuildContexts()]) with { RoleSelections = builder.BuildRoles() };
    }

    public static Task<DicomClient> ConnectAsync(TestListener server, params string[] storageSyntaxes) =>
        DicomClient.ConnectAsync(Options(server, storageSyntaxes));
}
