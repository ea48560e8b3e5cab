using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Writing;

namespace Noctis.Dicom.Files;

/// <summary>Writes what stands before the data set of a file (PS3.10 7.1).</summary>
/// <remarks>Safe on any thread.</remarks>
public static class DicomFileMetaWriter
{
    private const int PreambleSize = 128;

    /// <summary>Writes the preamble, "DICM" and the meta group for an object, so that its data set can follow as it comes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sopClassUid">SOP Class UID of the object.</param>
    /// <param name="sopInstanceUid">SOP Instance UID of the object.</param>
    /// <param name="transferSyntax">The transfer syntax of the data set that follows.</param>
    /// <param name="sourceAETitle">The application entity it came from; null or empty: not told.</param>
    public static void Write(
        IBufferWriter<byte> output,
        string sopClassUid,
        string sopInstanceUid,
        DicomTransferSyntax transferSyntax,
        string? sourceAETitle = null)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        ArgumentNullException.ThrowIfNull(sopInstanceUid);
        ArgumentNullException.ThrowIfNull(transferSyntax);
        var meta = new DicomDataset()
            .SetString(DicomTag.MediaStorageSOPClassUID, sopClassUid)
            .SetString(DicomTag.MediaStorageSOPInstanceUID, sopInstanceUid)
            .SetString(DicomTag.TransferSyntaxUID, transferSyntax.UID.Value);
        if (!string.IsNullOrEmpty(sourceAETitle))
            meta.SetString(DicomTag.SourceApplicationEntityTitle, sourceAETitle);
        Write(output, Complete(meta));
    }

    /// <summary>Writes the preamble, "DICM" and this meta group; its group length is counted anew.</summary>
    internal static void Write(IBufferWriter<byte> output, DicomDataset meta)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.GetSpan(PreambleSize)[..PreambleSize].Clear();
        output.Advance(PreambleSize);
        output.Write("DICM"u8);

        // PS3.10 7.1: explicit VR little endian, whatever the data set is in.
        new ElementWriter(output, DicomTransferSyntax.ExplicitVRLittleEndian, DicomWriteOptions.Default).WriteDataset(meta);
    }

    /// <summary>Adds what every meta group has: length, version, and who wrote the file.</summary>
    internal static DicomDataset Complete(DicomDataset meta) => meta
        .SetUInt32(DicomTag.FileMetaInformationGroupLength, 0)
        .SetValue(DicomTag.FileMetaInformationVersion, DicomVR.OB, new byte[] { 0, 1 })
        .SetString(DicomTag.ImplementationClassUID, DicomImplementation.ClassUID)
        .SetString(DicomTag.ImplementationVersionName, DicomImplementation.VersionName);
}
