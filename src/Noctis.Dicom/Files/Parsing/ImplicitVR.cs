using System.Buffers.Binary;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>The value representation of elements whose encoding does not write it (PS3.5 A.1).</summary>
internal static class ImplicitVR
{
    /// <summary>
    /// The representation of the dictionary; UN for what it does not know. Where it allows several: OW before OB and US
    /// (PS3.5 A.1), and US before SS until <see cref="Resolve"/> has seen the whole data set.
    /// </summary>
    public static DicomVR Of(DicomTag tag, DicomDataset? dataset)
    {
        var allowed = DicomDictionary.GetVRs(tag);
        switch (allowed.Count)
        {
            case 0:
                return DicomVR.UN;
            case 1:
                return allowed[0];
        }

        foreach (var vr in allowed)
        {
            if (vr == DicomVR.OW && tag != DicomTag.LUTData)
                return vr;
        }

        return allowed[0];
    }

    /// <summary>Whether the representation depends on other elements of the data set.</summary>
    public static bool IsAmbiguous(DicomTag tag)
    {
        var allowed = DicomDictionary.GetVRs(tag);
        if (allowed.Count < 2)
            return false;
        foreach (var vr in allowed)
        {
            if (vr == DicomVR.SS)
                return true;
        }

        return tag == DicomTag.LUTData;
    }

    /// <summary>Gives an ambiguous element the representation that the rest of its data set implies.</summary>
    public static void Resolve(DicomDataset dataset, DicomTag tag, DicomDataset root)
    {
        if (!dataset.TryGetElement(tag, out var element) || element is not DicomValueElement value)
            return;
        DicomVR vr;
        if (tag == DicomTag.LUTData)
        {
            // One entry is a number; several are a table (PS3.3 C.11.1.1: the first value of LUT Descriptor counts them).
            vr = FirstWord(dataset, DicomTag.LUTDescriptor) == 1 ? DicomVR.US : DicomVR.OW;
        }
        else
        {
            vr = (FirstWord(dataset, DicomTag.PixelRepresentation) ?? FirstWord(root, DicomTag.PixelRepresentation)) == 1
                ? DicomVR.SS
                : DicomVR.US;
        }

        if (vr != value.VR)
            dataset.AddOrUpdate(new DicomValueElement(tag, vr, value.Value));
    }

    private static ushort? FirstWord(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetElement(tag, out var element) && element is DicomValueElement { Length: >= 2 } value
            ? BinaryPrimitives.ReadUInt16LittleEndian(value.Value.Span)
            : null;
}
