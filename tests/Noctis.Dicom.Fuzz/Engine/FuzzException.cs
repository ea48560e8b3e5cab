namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>Something that must always hold does not: two ways of reading disagree, or what was written does not come back.</summary>
public sealed class FuzzException(string message) : Exception(message)
{
    /// <summary>Fails unless it holds.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
            throw new FuzzException(message);
    }
}
