using System.Buffers;

namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// As much of a presentation data value as has arrived. The pieces of one value follow each other; nothing else comes between.
/// </summary>
/// <param name="ContextId">The presentation context. Whether it was accepted is for the caller to check.</param>
/// <param name="IsCommand">A fragment of a command; else of a data set.</param>
/// <param name="IsLastFragment">The value is the last of its command or data set, as its message control header says.</param>
/// <param name="Data">The bytes, a slice of the buffer: valid until the pipe is advanced. May be empty.</param>
/// <param name="StartsPdu">The first piece of a P-DATA-TF: the moment of Evt10.</param>
/// <param name="EndsPdv">The last piece of its value.</param>
/// <param name="EndsPdu">The last piece of its P-DATA-TF.</param>
public readonly record struct PdvFragment(
    byte ContextId, bool IsCommand, bool IsLastFragment, ReadOnlySequence<byte> Data, bool StartsPdu, bool EndsPdv, bool EndsPdu)
{
    /// <summary>With this piece the command or the data set is complete.</summary>
    public bool CompletesMessage => IsLastFragment && EndsPdv;
}
