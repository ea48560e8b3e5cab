using System.Buffers;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>One presentation data value (PDV) of a P-DATA-TF: a fragment of a command or of a data set (PS3.8 9.3.5.1, Table 9-23 and E.2).</summary>
/// <param name="ContextId">The presentation context that it belongs to.</param>
/// <param name="IsCommand">A fragment of a command; else of a data set.</param>
/// <param name="IsLast">The last fragment of its command or data set.</param>
/// <param name="Fragment">The bytes, a slice of what was received: valid only as long as that is.</param>
public readonly record struct PresentationDataValue(byte ContextId, bool IsCommand, bool IsLast, ReadOnlySequence<byte> Fragment);
