using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>All targets: the one place where a new decoder is entered.</summary>
public static class FuzzTargets
{
    /// <summary>New ones of each, since a target keeps things of a run.</summary>
    public static IReadOnlyList<FuzzTarget> All() =>
    [
        new PduStreamTarget(),
        new AssociateTarget(),
        new CommandSetTarget(),
        new DatasetTarget("dataset-implicit", DicomTransferSyntax.ImplicitVRLittleEndian),
        new DatasetTarget("dataset-explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        new DatasetTarget("dataset-big-endian", DicomTransferSyntax.ExplicitVRBigEndian),
        new DatasetTarget("dataset-deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian),
        new DatasetTarget("dataset-encapsulated", DicomTransferSyntax.RLELossless),
        new HeaderScannerTarget(),
        new FileTarget(),
        new JsonTarget(),
        new XmlTarget(),
        new DirectoryTarget(),
        new CharacterSetTarget(),
        new PersonNameTarget(),
        new TemporalTarget(),
        new MatchingTextTarget(),
        new MatchingQueryTarget(),
        new AcceptorTarget(),
        new RequestorTarget(),
    ];
}
