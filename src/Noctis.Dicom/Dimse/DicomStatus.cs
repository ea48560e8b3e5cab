using System.Globalization;

namespace Noctis.Dicom.Dimse;

/// <summary>
/// The status of a DIMSE response, (0000,0900): codes of PS3.7 annex C and those that PS3.4 adds for a service class.
/// </summary>
/// <remarks>Equal when the codes are equal. Immutable; safe on any thread.</remarks>
/// <param name="code">The code as it stands in the response.</param>
public readonly struct DicomStatus(ushort code) : IEquatable<DicomStatus>
{
    /// <summary>0000: success (PS3.7 C.1.1).</summary>
    public static DicomStatus Success => new(0x0000);

    /// <summary>FF00: matches or sub-operations are continuing (PS3.7 C.2.1).</summary>
    public static DicomStatus Pending => new(0xFF00);

    /// <summary>FF01: a match, for which not every optional key was supported (PS3.4 C.4.1.1.4, Table C.4-1).</summary>
    public static DicomStatus PendingWithoutOptionalKeys => new(0xFF01);

    /// <summary>FE00: cancelled (PS3.7 C.3.1).</summary>
    public static DicomStatus Cancel => new(0xFE00);

    /// <summary>0110: processing failure (PS3.7 C.5.21).</summary>
    public static DicomStatus ProcessingFailure => new(0x0110);

    /// <summary>0112: there is no such SOP instance (PS3.7 C.5.13).</summary>
    public static DicomStatus NoSuchSOPInstance => new(0x0112);

    /// <summary>0113: there is no such event type (PS3.7 C.5.12).</summary>
    public static DicomStatus NoSuchEventType => new(0x0113);

    /// <summary>0115: the action or event information has a value that is not valid (PS3.7 C.5.7).</summary>
    public static DicomStatus InvalidArgumentValue => new(0x0115);

    /// <summary>0117: the SOP instance UID breaks the rules of UIDs (PS3.7 C.5.8).</summary>
    public static DicomStatus InvalidSOPInstance => new(0x0117);

    /// <summary>0119: the SOP instance is not of that class (PS3.7 C.5.5).</summary>
    public static DicomStatus ClassInstanceConflict => new(0x0119);

    /// <summary>0120: a required attribute is missing (PS3.7 C.5.14).</summary>
    public static DicomStatus MissingAttribute => new(0x0120);

    /// <summary>0122: the SOP class is not supported (PS3.7 C.5.23).</summary>
    public static DicomStatus SOPClassNotSupported => new(0x0122);

    /// <summary>0123: there is no such action (PS3.7 C.5.9).</summary>
    public static DicomStatus NoSuchAction => new(0x0123);

    /// <summary>0124: not authorized (PS3.7 C.5.25).</summary>
    public static DicomStatus NotAuthorized => new(0x0124);

    /// <summary>0210: the message id is in use (PS3.7 C.5.10).</summary>
    public static DicomStatus DuplicateInvocation => new(0x0210);

    /// <summary>0211: the operation is not one of those agreed on (PS3.7 C.5.22).</summary>
    public static DicomStatus UnrecognizedOperation => new(0x0211);

    /// <summary>0212: a parameter is not one of those agreed on (PS3.7 C.5.17).</summary>
    public static DicomStatus MistypedArgument => new(0x0212);

    /// <summary>0213: a resource limit was reached (PS3.7 C.5.20).</summary>
    public static DicomStatus ResourceLimitation => new(0x0213);

    /// <summary>A700: storage refused, out of resources (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus OutOfResources => new(0xA700);

    /// <summary>A702: unable to perform sub-operations (PS3.4 C.4.2.1.5, Table C.4-2).</summary>
    public static DicomStatus UnableToPerformSuboperations => new(0xA702);

    /// <summary>A801: the move destination is not known (PS3.4 C.4.2.1.5, Table C.4-2).</summary>
    public static DicomStatus MoveDestinationUnknown => new(0xA801);

    /// <summary>B000: sub-operations are complete, one or more with a failure or warning (PS3.4 C.4.2.1.5, Table C.4-2).</summary>
    public static DicomStatus SuboperationsCompleteWithFailures => new(0xB000);

    /// <summary>A900: error, the data set does not match the SOP class (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus DataSetDoesNotMatchSOPClass => new(0xA900);

    /// <summary>B000: stored, data elements were coerced (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus CoercionOfDataElements => new(0xB000);

    /// <summary>B006: stored, data elements were discarded (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus ElementsDiscarded => new(0xB006);

    /// <summary>B007: stored, although the data set does not match the SOP class (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus DataSetDoesNotMatchSOPClassWarning => new(0xB007);

    /// <summary>C000: error, the data set cannot be understood (PS3.4 B.2.3, Table B.2-1).</summary>
    public static DicomStatus CannotUnderstand => new(0xC000);

    /// <summary>The code as it stands in the response.</summary>
    public ushort Code { get; } = code;

    /// <summary>What kind of answer it is. A code that no table defines is a failure: a sender must not take it for success.</summary>
    public DicomStatusCategory Category => Code switch
    {
        0x0000 => DicomStatusCategory.Success,
        0xFF00 or 0xFF01 => DicomStatusCategory.Pending,
        0xFE00 => DicomStatusCategory.Cancel,
        0x0001 or 0x0107 or 0x0116 or >= 0xB000 and <= 0xBFFF => DicomStatusCategory.Warning,
        _ => DicomStatusCategory.Failure,
    };

    /// <summary>Done, with or without a reservation: success or warning.</summary>
    public bool IsSuccessOrWarning => Category is DicomStatusCategory.Success or DicomStatusCategory.Warning;

    /// <summary>The name in the standard; where service classes differ, that of the storage service class (PS3.4 B.2.3).</summary>
    public string Name => Code switch
    {
        0x0000 => "Success",
        0x0001 => "Warning: Requested optional Attributes are not supported",
        0x0105 => "No such Attribute",
        0x0106 => "Invalid Attribute Value",
        0x0107 => "Attribute List Error",
        0x0110 => "Processing Failure",
        0x0111 => "Duplicate SOP Instance",
        0x0112 => "No such SOP Instance",
        0x0113 => "No such Event Type",
        0x0114 => "No such Argument",
        0x0115 => "Invalid Argument Value",
        0x0116 => "Attribute Value Out of Range",
        0x0117 => "Invalid SOP Instance",
        0x0118 => "No such SOP Class",
        0x0119 => "Class-Instance Conflict",
        0x0120 => "Missing Attribute",
        0x0121 => "Missing Attribute Value",
        0x0122 => "Refused: SOP Class Not Supported",
        0x0123 => "No such Action",
        0x0124 => "Refused: Not Authorized",
        0x0210 => "Duplicate Invocation",
        0x0211 => "Unrecognized Operation",
        0x0212 => "Mistyped Argument",
        0x0213 => "Resource Limitation",
        0xA701 => "Refused: Out of Resources, Unable to calculate number of matches",
        0xA702 => "Refused: Out of Resources, Unable to perform sub-operations",
        >= 0xA700 and <= 0xA7FF => "Refused: Out of Resources",
        0xA801 => "Refused: Move Destination Unknown",
        >= 0xA900 and <= 0xA9FF => "Error: Data Set Does Not Match SOP Class",
        0xB000 => "Warning: Coercion of Data Elements",
        0xB006 => "Warning: Elements Discarded",
        0xB007 => "Warning: Data Set Does Not Match SOP Class",
        >= 0xB000 and <= 0xBFFF => "Warning",
        >= 0xC000 and <= 0xCFFF => "Error: Cannot Understand",
        0xFE00 => "Cancel",
        0xFF00 => "Pending",
        0xFF01 => "Pending: Optional keys are not supported",
        _ => "Failure of unknown meaning",
    };

    /// <inheritdoc/>
    public bool Equals(DicomStatus other) => Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DicomStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Code;

    /// <summary>Code and name, as "A700 Refused: Out of Resources".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code:X4} {Name}");

    /// <summary>Whether both have the same code.</summary>
    public static bool operator ==(DicomStatus left, DicomStatus right) => left.Code == right.Code;

    /// <summary>Whether the codes differ.</summary>
    public static bool operator !=(DicomStatus left, DicomStatus right) => left.Code != right.Code;
}
