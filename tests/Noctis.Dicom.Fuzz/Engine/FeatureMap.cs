namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>
/// What an input led to, as a set of small facts: kinds of PDUs, representations, depths, the texts of errors. An input that shows a
/// fact for the first time is worth changing further; that is all the guidance there is, and it needs no instrumented code.
/// </summary>
/// <remarks>Facts are hashed into 65,536 places; two that share one only make the guidance a little blinder. Not thread safe.</remarks>
public sealed class FeatureMap
{
    private readonly ulong[] _seen = new ulong[1024];

    /// <summary>Facts seen since the beginning.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the present input has shown something new.</summary>
    public bool HasNew { get; private set; }

    /// <summary>Begins the next input.</summary>
    public void Begin() => HasNew = false;

    /// <summary>Notes a fact of this kind.</summary>
    public void Note(int kind, long fact = 0)
    {
        var hash = (((ulong)fact * 0x9E3779B97F4A7C15) ^ (ulong)kind) * 0xBF58476D1CE4E5B9;
        var place = (int)(hash >> 48);
        var bit = 1ul << (place & 63);
        if ((_seen[place >> 6] & bit) != 0)
            return;
        _seen[place >> 6] |= bit;
        Count++;
        HasNew = true;
    }

    /// <summary>Notes how an input was refused: by the text of the error, in which numbers do not count.</summary>
    public void NoteRefusal(Exception exception)
    {
        var hash = 17L;
        foreach (var character in exception.Message)
        {
            if (!char.IsAsciiHexDigit(character))
                hash = (hash * 31) + character;
        }

        Note(1, hash);
    }

    /// <summary>Notes a number by its magnitude: 0, 1, 2 to 3, 4 to 7 and so on are one fact each.</summary>
    public void NoteMagnitude(int kind, long number) => Note(kind, number <= 0 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)number));
}
