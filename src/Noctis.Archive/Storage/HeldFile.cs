namespace Noctis.Archive.Storage;

/// <summary>A file whose bytes the index holds, until it is on disk itself. Its members are those of <see cref="HeldFiles"/>, under its lock.</summary>
/// <param name="Path">Where it is to lie.</param>
/// <param name="Row">What the index holds; its content is let go of once it is written.</param>
/// <param name="Bytes">How long it is.</param>
internal sealed record HeldFile(string Path, HeldContent Row, int Bytes)
{
    /// <summary>For whoever writes it, removes it, or waits for one who does.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether it has yet to be written.</summary>
    public bool IsWaiting { get; set; } = true;

    /// <summary>Whether a file of an earlier attempt may lie there, whole or not, which goes first.</summary>
    public bool IsThere { get; set; }

    /// <summary>Whether it could not be written when it was its turn.</summary>
    public bool IsOverdue { get; set; }
}
