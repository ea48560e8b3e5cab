namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>A decoder under test: where its inputs come from, and what must hold whatever they are.</summary>
public abstract class FuzzTarget
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Longest input in bytes. Faults hide in structure rather than in length, and short inputs are many.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>Pieces of bytes that mean something to the decoder, to be put anywhere.</summary>
    public virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>How many inputs a bounded run takes, in parts of a whole: 1 for a cheap target.</summary>
    public virtual int Cost => 1;

    /// <summary>Inputs to begin with.</summary>
    public virtual IEnumerable<byte[]> Seeds => [];

    /// <summary>A new input that is valid, or nearly so; null where the seeds say it all.</summary>
    public virtual byte[]? Generate(FuzzRandom random) => null;

    /// <summary>Makes a changed input pass the first check, such as an overall length, so that what lies behind it is reached.</summary>
    public virtual void Repair(Span<byte> input)
    {
    }

    /// <summary>
    /// Bytes that one input may allocate in all, on this thread. A length that is believed before it is checked takes gigabytes; what is
    /// charged here for each byte of input is what the objects of the smallest elements take, over and over for each reading and writing.
    /// </summary>
    public virtual long AllowedAllocation(int inputLength) => (2L * 1024 * 1024) + (8L * 1024 * inputLength);

    /// <summary>Runs the decoder and checks what must hold. Refusals that are documented are caught here and noted.</summary>
    /// <param name="input">The input, which does not change.</param>
    /// <param name="random">Seeded by the input, so that an input alone makes a run again.</param>
    /// <param name="features">Takes what the input led to.</param>
    public abstract void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features);
}
