using Noctis.Dicom.Data.CharacterSets;

namespace Noctis.Dicom.Data;

public sealed partial class DicomDataset
{
    /// <summary>
    /// A copy whose texts are written in another character set, with Specific Character Set (0008,0005) to say so; items
    /// included, which then declare nothing of their own. What is not declared here is read by
    /// <see cref="FallbackCharacterSet"/>. Values that are no text are shared with the copy, not copied.
    /// </summary>
    /// <param name="characterSet">
    /// What to write in; <see cref="DicomCharacterSet.Undeclared"/> for the default repertoire, without (0008,0005).
    /// </param>
    /// <param name="unencodable">
    /// What to do with a character that it does not have, and with bytes that mean nothing in the character set they are in.
    /// </param>
    /// <exception cref="DicomDataException">
    /// A text does not fit and is not to be replaced, or was left in its file. <see cref="DicomDataException.Tag"/> says which.
    /// </exception>
    /// <remarks>
    /// Elements of UN that the dictionary knows as text become that; the bytes of other UN elements, whose text nobody can
    /// tell, stay as they are.
    /// </remarks>
    public DicomDataset WithCharacterSet(DicomCharacterSet characterSet, DicomUnencodable unencodable = DicomUnencodable.Fail)
    {
        ArgumentNullException.ThrowIfNull(characterSet);
        return DatasetConverter.Convert(this, characterSet, unencodable);
    }

    /// <summary>Whether <see cref="WithCharacterSet"/> would write every text as it is. Bytes that mean nothing do not fit.</summary>
    public bool FitsCharacterSet(DicomCharacterSet characterSet)
    {
        ArgumentNullException.ThrowIfNull(characterSet);
        return DatasetConverter.Fits(this, characterSet);
    }
}
