using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>
/// A listener of ours with every service, over an archive of three studies: three CT images, two MR images of a patient with umlauts, one
/// compressed CT image.
/// </summary>
internal sealed class InteropServer : IStorageCommitmentReceiver, IAsyncDisposable
{
    public const string AETitle = TestListener.AETitle;
    public const string CtStudy = "2.25.1001";
    public const string MrStudy = "2.25.1002";
    public const string CompressedStudy = "2.25.1003";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<StorageCommitmentResult> _reports = Channel.CreateUnbounded<StorageCommitmentResult>();

    private InteropServer()
    {
        Folder = Directory.CreateTempSubdirectory("noctis-interop-").FullName;
        Received = new FolderStore(Path.Combine(Folder, "received"));
    }

    public string Folder { get; }

    public InteropArchive Archive { get; } = new();

    /// <summary>Where C-STORE puts what arrives.</summary>
    public FolderStore Received { get; }

    public TestListener Listener { get; private set; } = null!;

    public int Port => Listener.Port;

    public IReadOnlyList<string> ReceivedFiles => [.. Directory.EnumerateFiles(Received.Folder).Order(StringComparer.Ordinal)];

    /// <summary>The images of a study, as files in a folder of their own.</summary>
    public IReadOnlyList<string> FilesOf(string study) => [.. Directory.EnumerateFiles(Path.Combine(Folder, study)).Order(StringComparer.Ordinal)];

    public string FolderOf(string study) => Path.Combine(Folder, study);

    /// <summary>A new folder of this name for what a peer writes.</summary>
    public string MakeFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    public static async Task<InteropServer> StartAsync(DicomListenerOptions? options = null, params IDimseService[] before)
    {
        var server = new InteropServer();
        foreach (var image in Images())
            await server.Archive.AddAsync(image.Save(Path.Combine(server.FolderOf(image.StudyInstanceUID), image.SOPInstanceUID + ".dcm")));
        server.Archive.Worklist.AddRange(WorklistItems.All);
        server.Listener = await TestListener.StartAsync(options, services: new DimseServices(
        [
            .. before,
            new CEchoService(),
            new CStoreService(server.Received),
            new CFindService(server.Archive),
            CFindService.Worklist(server.Archive),
            new CGetService(server.Archive),
            new CMoveService(server.Archive, server.Archive, NullLogger<CMoveService>.Instance),
            new StorageCommitmentService(server.Archive),
            new StorageCommitmentReportService(server),
        ]));
        return server;
    }

    /// <summary>The next report of a storage commitment.</summary>
    public async Task<StorageCommitmentResult> NextReportAsync() => await _reports.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public ValueTask ReceiveAsync(StorageCommitmentResult result, Association association, CancellationToken cancellationToken) =>
        _reports.Writer.WriteAsync(result, cancellationToken);

    /// <summary>Files hold the images of a study, pixel for pixel, in the transfer syntax they have in the archive unless that may differ.</summary>
    public void AssertHolds(string study, IEnumerable<string> files, bool sameSyntax = true)
    {
        var received = files.Select(file => DicomFile.Open(file)).ToDictionary(file => file.Dataset.GetString(DicomTag.SOPInstanceUID)!);
        var kept = FilesOf(study).Select(file => DicomFile.Open(file)).ToList();
        Assert.Equal(kept.Count, received.Count);
        foreach (var file in kept)
        {
            var same = received[file.Dataset.GetString(DicomTag.SOPInstanceUID)!];
            if (sameSyntax)
                Assert.Equal(file.TransferSyntax, same.TransferSyntax);
            Assert.Equal(file.Dataset.GetString(DicomTag.PatientName), same.Dataset.GetString(DicomTag.PatientName));
            Assert.Equal(PixelsOf(file), PixelsOf(same));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static byte[] PixelsOf(DicomFile file) => file.Dataset[DicomTag.PixelData] switch
    {
        DicomFragmentSequence fragments => [.. fragments.Fragments.SelectMany(fragment => fragment.ToArray())],
        var element => ((DicomValueElement)element).Value.ToArray(),
    };

    private static IEnumerable<PhantomImage> Images()
    {
        var ct = new PhantomImage { StudyInstanceUID = CtStudy, SeriesInstanceUID = CtStudy + ".1", SOPInstanceUID = CtStudy + ".1.1" };
        for (var i = 1; i <= 3; i++)
            yield return ct with { SOPInstanceUID = $"{CtStudy}.1.{i}", InstanceNumber = i };

        var mr = new PhantomImage
        {
            StudyInstanceUID = MrStudy,
            SeriesInstanceUID = MrStudy + ".1",
            SOPInstanceUID = MrStudy + ".1.1",
            SOPClassUID = DicomUID.MRImageStorage.Value,
            Modality = "MR",
            PatientName = "Müller^Jürgen",
            PatientID = "PH-0002",
            AccessionNumber = "A0002",
            StudyDate = "20260301",
            TransferSyntax = DicomTransferSyntax.ImplicitVRLittleEndian,
        };
        yield return mr;
        yield return mr with { SOPInstanceUID = MrStudy + ".1.2", InstanceNumber = 2 };

        yield return ct with
        {
            StudyInstanceUID = CompressedStudy,
            SeriesInstanceUID = CompressedStudy + ".1",
            SOPInstanceUID = CompressedStudy + ".1.1",
            PatientName = "Compressed^Carl",
            PatientID = "PH-0003",
            AccessionNumber = "A0003",
            TransferSyntax = DicomTransferSyntax.Lookup(DicomUID.JPEGLosslessSV1.Value)!,
        };
    }
}
