namespace Noctis.Dicom.Files.Parsing;

/// <summary>What one data set may take. Each is checked before memory is.</summary>
internal readonly record struct ParserLimits(int MaxDepth, int MaxElementCount, long MaxElementLength, long MaxHeldBytes)
{
    /// <summary>Charged to <see cref="MaxHeldBytes"/> for each element held, beside its value: what the objects take.</summary>
    public const int ElementOverhead = 96;

    /// <summary>Charged for each sequence instead: it has a list of its items.</summary>
    public const int SequenceOverhead = 144;

    /// <summary>Charged for each item: a data set of its own, however little is in it.</summary>
    public const int ItemOverhead = 480;
}
