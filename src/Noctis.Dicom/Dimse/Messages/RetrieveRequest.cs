namespace Noctis.Dicom.Dimse.Messages;

/// <summary>What C-GET-RQ and C-MOVE-RQ have in common; the data set is the identifier that says what to send (PS3.4 C.4.2.1.4). Immutable.</summary>
public abstract class RetrieveRequest : DimseRequest
{
    private protected RetrieveRequest()
    {
    }

    /// <summary>Affected SOP Class UID, (0000,0002): of a received request, the abstract syntax of its presentation context.</summary>
    public required string AffectedSOPClassUID { get; init; }

    /// <summary>Priority, (0000,0700).</summary>
    public Priority Priority { get; init; }
}
