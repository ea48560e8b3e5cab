using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>An element sorted by how it is written, the same for JSON (PS3.18 F.2.2) and for XML (PS3.19 A.1.5).</summary>
internal readonly struct OutgoingElement
{
    private OutgoingElement(OutgoingKind kind, DicomElement element, DicomVR vr)
    {
        Kind = kind;
        Element = element;
        VR = vr;
    }

    public OutgoingKind Kind { get; }

    public DicomElement Element { get; }

    /// <summary>The representation to write.</summary>
    public DicomVR VR { get; }

    /// <summary>Of <see cref="OutgoingKind.BulkData"/>.</summary>
    public string? Uri { get; private init; }

    /// <summary>The value field of those kinds that have one.</summary>
    public ReadOnlyMemory<byte> Value => ((DicomValueElement)Element).Value;

    /// <summary>Sorts an element. A deferred value is loaded when, and only when, it goes into the document.</summary>
    /// <exception cref="DicomDataException">A policy asks for what cannot be.</exception>
    public static OutgoingElement Of(DicomElement element, DicomDataset dataset, DicomTextWriteOptions options, TagPath path)
    {
        // PS3.18 F.2.2, PS3.19 A.1.1: group lengths are of the binary encoding.
        if (element.Tag.IsGroupLength)
            return new(OutgoingKind.Omitted, element, element.VR);
        switch (element)
        {
            case DicomSequence sequence:
                return new(sequence.IsEmpty ? OutgoingKind.Empty : OutgoingKind.Items, element, DicomVR.SQ);
            case DicomBulkDataReference reference:
                return new(OutgoingKind.BulkData, element, element.VR) { Uri = reference.Uri };
            case DicomValueElement value:
                return value.IsEmpty ? new(OutgoingKind.Empty, element, element.VR) : OfValue(value, value.Length, dataset, options, path);
            case DicomDeferredElement { IsEncapsulated: false } deferred:
                return deferred.IsEmpty ? new(OutgoingKind.Empty, element, element.VR) : OfValue(deferred, deferred.Length, dataset, options, path);
            case DicomFragmentSequence fragments:
                return OfEncapsulated(fragments, fragments.Fragments.Sum(f => (long)f.Length), dataset, options, path);
            case DicomDeferredElement deferred:
                return OfEncapsulated(deferred, deferred.Length, dataset, options, path);
            default:
                throw new DicomDataException($"An element of type {element.GetType().Name} cannot be written.", element.Tag);
        }
    }

    private static OutgoingElement OfValue(
        DicomElement element, long length, DicomDataset dataset, DicomTextWriteOptions options, TagPath path)
    {
        if (options.PlaceBulkData is { } place && MayBeBulk(element.VR))
        {
            var placement = place(new DicomBulkValue(element, dataset, length, false, path));
            if (placement.IsOmitted)
                return new(OutgoingKind.Omitted, element, element.VR);
            if (placement.Uri is { } uri)
                return new(OutgoingKind.BulkData, element, element.VR) { Uri = uri };
        }

        var value = element as DicomValueElement ?? (DicomValueElement)((DicomDeferredElement)element).Load();
        return new(KindOf(value.VR, value.Length), value, value.VR);
    }

    private static OutgoingElement OfEncapsulated(
        DicomElement element, long length, DicomDataset dataset, DicomTextWriteOptions options, TagPath path)
    {
        if (options.PlaceBulkData is not { } place)
            return new(OutgoingKind.Omitted, element, element.VR);
        var placement = place(new DicomBulkValue(element, dataset, length, true, path));
        if (placement.Uri is { } uri)
            return new(OutgoingKind.BulkData, element, element.VR) { Uri = uri };
        return placement.IsOmitted
            ? new(OutgoingKind.Omitted, element, element.VR)
            : throw new DicomDataException("Compressed pixel data has no inline form: give it a URI or leave it out.", element.Tag);
    }

    /// <summary>
    /// Deviates from PS3.18 F.2.2 because a number whose bytes are no multiple of its size has no values that could be
    /// listed: it goes inline as bytes, under its own representation, so that nothing is lost.
    /// </summary>
    private static OutgoingKind KindOf(DicomVR vr, int length)
    {
        if (vr.IsText)
        {
            return vr == DicomVR.PN ? OutgoingKind.PersonNames
                : vr == DicomVR.IS || vr == DicomVR.DS ? OutgoingKind.DecimalTexts
                : OutgoingKind.Texts;
        }

        return vr.IsMultiValued && length % ValueSize(vr) == 0 ? OutgoingKind.Numbers : OutgoingKind.InlineBinary;
    }

    private static int ValueSize(DicomVR vr) => vr == DicomVR.AT ? 4 : vr.UnitSize;

    /// <summary>The representations that BulkDataURI is for (PS3.18 F.2.2).</summary>
    private static bool MayBeBulk(DicomVR vr) =>
        vr.IsText
            ? vr.Code is "DS" or "IS" or "LT" or "ST" or "UC" or "UT"
            : vr != DicomVR.AT;
}
