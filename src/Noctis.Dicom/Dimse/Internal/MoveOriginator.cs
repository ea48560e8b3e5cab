namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Who asked for the C-MOVE that a C-STORE is part of.</summary>
/// <param name="AETitle">The AE title of the requestor of the C-MOVE.</param>
/// <param name="MessageID">The message id of the C-MOVE.</param>
internal sealed record MoveOriginator(string AETitle, ushort MessageID);
