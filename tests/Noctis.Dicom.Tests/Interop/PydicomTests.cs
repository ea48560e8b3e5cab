using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Corpus;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>
/// pydicom reads what our listener writes. Its companion for the network, pynetdicom, is in neither Debian nor npm, and so no peer here.
/// </summary>
public class PydicomTests
{
    [PydicomFact]
    public async Task FolderStore_WhatOurClientSent_ReadsTheSameInPydicom()
    {
        await using var server = await InteropServer.StartAsync();
        string[] studies = [InteropServer.CtStudy, InteropServer.MrStudy, InteropServer.CompressedStudy];
        foreach (var study in studies)
        {
            await using var client = await DicomClient.ConnectAsync(InteropClient.Options(server.Port, InteropServer.AETitle));
            foreach (var file in server.FilesOf(study))
                Assert.True((await client.StoreAsync(file)).Status.IsSuccessOrWarning);
            await client.ReleaseAsync();
        }

        var read = Pydicom.Read(server.ReceivedFiles);

        Assert.Equal(6, read.Count);
        foreach (var sent in studies.SelectMany(server.FilesOf))
        {
            var expected = ListedElement.List(DicomFile.Open(sent).Dataset).Where(element => !element.IsGroupLength).Select(Without);
            Assert.Equal(expected, read[server.Received.GetPath(Path.GetFileNameWithoutExtension(sent))].Select(Without));
        }

        // In implicit VR the representation is each reader's own conclusion.
        static (string, int, string) Without(ListedElement element) => (element.Place, element.Length, element.Hash);
    }
}
